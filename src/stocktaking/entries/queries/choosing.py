"""Which of the texts a reader gets: their language, else the original, else the next best."""

from collections.abc import Iterable, Mapping

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
    code = chosen(texts, languages.fallbacks(language, original))
    if code is None:
        return said("", original, Origin.AUTHOR, original)
    text, origin = texts[code]
    return said(text, code, origin, original)


def chosen(texts: Mapping[str, Written], order: Iterable[str]) -> str | None:
    """The language of the best text: the first in this order, else any that says something."""
    for code in order:
        if code in texts and texts[code][0]:
            return code
    return next((code for code in texts if texts[code][0]), None)


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
