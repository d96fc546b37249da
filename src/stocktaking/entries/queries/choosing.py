"""Which of the texts a reader gets: their language, else the original, else the next best."""

from collections.abc import Mapping

from stocktaking.accounts.models import Organisation
from stocktaking.entries.queries.views import OrganisationRef, Said
from stocktaking.entries.states import Origin
from stocktaking.kernel import languages
from stocktaking.reference.queries import Catalogue

Written = tuple[str, str]  # text, origin


def said(text: str, language: str, origin: str, original: str) -> Said:
    return Said(
        text=text,
        language=language,
        direction=languages.direction_of(language),
        origin=Origin(origin),
        original=language == original,
    )


def choose(texts: Mapping[str, Written], language: str, original: str) -> Said:
    """The best of ``texts`` (by language); an empty one in the original where there is none."""
    for code in (*languages.fallbacks(language, original), *texts):
        text, origin = texts.get(code, ("", ""))
        if text:
            return said(text, code, origin, original)
    return said("", original, Origin.AUTHOR, original)


def organisation_ref(
    organisation: Organisation | None, framework: Catalogue, language: str
) -> OrganisationRef | None:
    if organisation is None:
        return None
    return OrganisationRef(
        number=organisation.number,
        slug=organisation.slug,
        name=organisation.names.get(language) or organisation.name,
        unknown=organisation.unknown,
        country=framework.terms.get(organisation.country_id or 0),
        type=framework.terms.get(organisation.type_id or 0),
    )
