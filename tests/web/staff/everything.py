"""An entry of which every field says something that is not its default."""

import datetime as dt

from tests.factories import accounts, entries, files

from stocktaking.entries.operations import create_collection, register_source
from stocktaking.entries.rules.values import (
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole


def everything() -> dict[str, object]:
    """Values in which every field says something that is not its default."""
    create_collection(slug="health", title={"en": "Health"}, by=None, at=entries.AT)
    register_source(slug="old-list", title={"en": "Old list"}, by=None, at=entries.AT)
    owner = accounts.organisation("Ministry of Villages", country="KE")
    return {
        "original_language": "fr",
        "texts": (
            TextValue("fr", "Réseau  & <b>villageois</b>", "Ligne un\nligne deux"),
            TextValue("en", "Village network", "", Origin.MACHINE),
            TextValue("pt", "Rede da aldeia", "Uma rede", Origin.HUMAN),
        ),
        "sections": (
            SectionValue("description", "fr", "Un mât pour tous."),
            SectionValue("results", "fr", "Dix écoles.", Origin.HUMAN),
            SectionValue("description", "en", "One mast.", Origin.MACHINE),
        ),
        "organisation": owner.pk,
        "terms": (
            TermValue("goal", "3", Basis.SUGGESTED, "Les cliniques.", "fr"),
            TermValue("goal", "1", Basis.OWNER),
            TermValue("line", "L2", Basis.IMPORT),
            TermValue("status", "ongoing", Basis.OWNER),
            TermValue("country", "KE", Basis.OWNER),
            TermValue("country", "FR", Basis.IMPORT),
        ),
        "worldwide": True,
        "start": "2019",
        "end": "2020-07",
        "website": "https://example.org/a?b=1&c=2",
        "licence": "CC-BY-4.0",
        "attribution": "The village",
        "partners": (
            PartnerValue("Fund of funds", PartnerRole.FUNDER),
            PartnerValue("Ministry", PartnerRole.PARTNER, owner.pk),
        ),
        "links": (LinkValue(LinkKind.EVIDENCE, "https://example.org/e", "Report"),),
        "images": (
            ImageValue(files.stored((64, 48)).pk, "Un mât", "fr", "Foto"),
            ImageValue(files.stored((48, 64)).pk, "A mast", "en"),
        ),
        "identifiers": (IdentifierValue("IATI", "XM-1", "https://example.org/x"),),
        "collections": ("health",),
        "source": "old-list",
        "registered_on": dt.date(2020, 2, 29),
        "registered_on_assumed": True,
        "extra": {"kept": ["by", 1]},
    }
