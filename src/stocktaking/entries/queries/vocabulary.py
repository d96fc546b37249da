"""Which parameters narrow a list of entries, and what their values may be.

Each name has a function that answers the value as the index has it, None for one that is none.
"""

from collections.abc import Callable, Container, Iterable
from functools import cache

from django.utils.translation import get_language_info

from stocktaking.accounts.queries.organisations import organisations_by_number
from stocktaking.entries.models import Collection
from stocktaking.entries.queries.ageing import FRESHNESS
from stocktaking.entries.rules.freshness import Freshness
from stocktaking.kernel import languages
from stocktaking.reference.queries import SchemeView, catalogue
from stocktaking.search.rules.parameters import Resolve

# Schemes of the organisation, which repeat one of the entry: name, scheme.
ELSEWHERE = (("from-region", "region"), ("from-country", "country"))
ORGANISATIONS = 20  # that one question may name


def vocabulary(organisations: Iterable[str] = ()) -> dict[str, Resolve]:
    """All names. Known are those of ``organisations``, numbers as written, that exist."""
    framework = catalogue()
    found = {scheme.slug: of_scheme(scheme) for scheme in framework.facets()}
    for name, slug in ELSEWHERE:
        if (scheme := framework.scheme(slug)) is not None:
            found[name] = of_scheme(scheme)
    found["language"] = language
    found[FRESHNESS] = listed(lambda: tuple(Freshness))
    collections = cache(lambda: set(Collection.objects.values_list("slug", flat=True)))
    known = cache(lambda: known_organisations(organisations))
    return {**found, "collection": listed(collections), "organisation": numbered(known)}


def of_scheme(scheme: SchemeView) -> Resolve:
    def resolve(value: str) -> str | None:
        term = scheme.get(value)
        return term.code if term is not None and term.assignable else None

    return resolve


def language(value: str) -> str | None:
    code = value.lower()
    return code if code in languages.BY_CODE or has_name(code) else None


def has_name(code: str) -> bool:
    """Whether there is a language of this code that can be called by a name."""
    try:
        return get_language_info(code)["name_translated"] != code
    except KeyError:
        return False


def listed(known: Callable[[], Container[str]]) -> Resolve:
    """One of a list that is read when the first value is asked for."""
    return lambda value: value if value in known() else None


def numbered(known: Callable[[], Container[str]]) -> Resolve:
    """The same for numbers, which are known without zeros in front."""
    return lambda value: number if (number := plain_number(value)) in known() else None


def known_organisations(written: Iterable[str]) -> dict[str, str]:
    """The names of organisations by their number, as text; of the first twenty."""
    numbers = [int(number) for value in written if (number := plain_number(value))]
    found = organisations_by_number(numbers[:ORGANISATIONS]) if numbers else {}
    return {str(number): str(one) for number, one in found.items()}


def plain_number(value: str) -> str:
    """The number without zeros in front; "" for what is none."""
    is_number = value.isascii() and value.isdigit() and len(value) <= 18
    return str(int(value)) if is_number else ""
