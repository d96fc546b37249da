"""A tiny invented framework, and entries made by the same operations as real ones."""

import datetime as dt
import itertools
from dataclasses import replace

from stocktaking.entries import operations
from stocktaking.entries.models import Entry, Source
from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme, Term, TermMembership

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
TODAY = AT.date()
_numbers = itertools.count(1)

# slug: (many, facet, codes)
SCHEMES: dict[str, tuple[bool, bool, tuple[str, ...]]] = {
    "line": (True, True, ("L1", "L2", "L3")),
    "goal": (True, True, ("1", "2", "3")),
    "status": (False, True, ("ongoing", "completed")),
    "country": (True, True, ("KE", "FR", "SD")),
    "region": (True, True, ("AFR", "EUR", "ARB")),
    "stakeholder": (False, True, ("government", "academia")),
    "section": (True, False, ("description", "results")),
    "old-goal": (True, True, ("O1",)),
}
MEMBERS = {"AFR": ("KE",), "EUR": ("FR",), "ARB": ("SD",)}


def framework() -> None:
    """Rows of the schemes above; L3 is a heading, ``old-goal`` was retired at the end of 2015."""
    for order, (slug, (many, facet, codes)) in enumerate(SCHEMES.items()):
        scheme = Scheme.objects.create(
            slug=slug,
            title={"en": slug.title()},
            many=many,
            facet=facet,
            order=order,
            noted=slug == "goal",
            direct=slug not in ("region", "stakeholder", "section"),
            retired_on=dt.date(2015, 12, 31) if slug == "old-goal" else None,
        )
        Term.objects.bulk_create(
            Term(
                scheme=scheme,
                code=code,
                order=place,
                assignable=code != "L3",
                title={"en": f"{slug} {code}", "fr": f"{slug} {code} (fr)"},
                title_status={"en": "official"},
            )
            for place, code in enumerate(codes)
        )
    terms = {term.code: term for term in Term.objects.all()}
    TermMembership.objects.bulk_create(
        TermMembership(group=terms[group], member=terms[member])
        for group, members in MEMBERS.items()
        for member in members
    )
    Revision.objects.update_or_create(pk=1, defaults={"number": 1})
    reference.forget()


def term_id(scheme: str, code: str) -> int:
    return Term.objects.get(scheme__slug=scheme, code=code).pk


def values(**stated) -> EntryValues:
    """Acceptable values in the framework above; the title differs from call to call."""
    number = next(_numbers)
    plain = EntryValues(
        original_language="en",
        texts=(
            TextValue("en", f"Village network {number}", "A network run by a village."),
            TextValue("fr", f"Réseau villageois {number}", "Un réseau tenu par un village."),
        ),
        sections=(SectionValue("description", "en", "Neighbours share one mast."),),
        terms=(
            TermValue("line", "L1", Basis.OWNER),
            TermValue("goal", "3", Basis.SUGGESTED, "Clinics are reached.", "en"),
            TermValue("status", "ongoing", Basis.OWNER),
            TermValue("country", "KE", Basis.OWNER),
        ),
        start="2019-05",
    )
    return replace(plain, **stated)


def entry(*, publish: bool = True, at: dt.datetime = AT, **stated) -> Entry:
    """An entry of ``values(**stated)``, published unless told otherwise."""
    return operations.create_entry(values=values(**stated), by=None, at=at, publish=publish)


def whole_entry(*, owner: int, partner: int, **stated) -> Entry:
    """An entry that says all that an entry can say, but for images."""
    Source.objects.create(slug="elsewhere")
    operations.create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    return entry(
        texts=(
            TextValue("fr", "Réseau", "Une | ligne\nEt une autre"),
            TextValue("en", "=Network", "", Origin.MACHINE),
        ),
        original_language="fr",
        sections=(
            SectionValue("results", "fr", "Des résultats"),
            SectionValue("description", "en", "A mast", Origin.HUMAN),
        ),
        terms=(
            TermValue("goal", "3", Basis.OWNER, "Clinics; more | less", "en"),
            TermValue("country", "KE", Basis.IMPORT),
            TermValue("goal", "1", Basis.SUGGESTED, "Pauvreté\nmoins", "fr"),
            TermValue("status", "ongoing", Basis.EDITOR),
        ),
        organisation=owner,
        worldwide=True,
        start="2019-05",
        end="2020",
        website="https://example.org/a|b",
        licence="CC-BY-4.0",
        attribution="The ministry",
        partners=(
            PartnerValue("ITU", PartnerRole.FUNDER, partner),
            PartnerValue("A | B", PartnerRole.PARTNER),
        ),
        links=(
            LinkValue(LinkKind.SOURCE, "", "A book"),
            LinkValue(LinkKind.EVIDENCE, "https://example.org/e", "Study"),
        ),
        identifiers=(IdentifierValue("iati", "X-1", "https://example.org/x"),),
        collections=("health",),
        source="elsewhere",
        extra={"prizes": [2016, {"name": "é"}]},
        **stated,
    )
