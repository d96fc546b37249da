"""Which schemes an entry is classified by, and countries by their names."""

from collections.abc import Iterable
from dataclasses import dataclass

from stocktaking.kernel import clock
from stocktaking.kernel.text import name_key
from stocktaking.reference.queries import SchemeView, TermView, catalogue

COUNTRY = "country"


def schemes_of(held: Iterable[str]) -> list[SchemeView]:
    """The schemes to choose from, and those an entry already uses (one retired since)."""
    known = catalogue()
    offered = [scheme.slug for scheme in known.facets() if scheme.direct]
    wanted = {*offered, *held, COUNTRY}
    return [scheme for slug, scheme in known.schemes.items() if slug in wanted]


def countries_named(typed: str) -> list[TermView]:
    """Countries of which this is the name in any language, or a code."""
    scheme, key = catalogue().scheme(COUNTRY), name_key(typed)
    if scheme is None or not key:
        return []
    return [term for term in scheme.assignable if key in _names(term)]


def _names(term: TermView) -> set[str]:
    codes = [str(value) for value in term.facts.values() if isinstance(value, str)]
    return {name_key(name) for name in (term.code, *term.title.values(), *term.short.values())} | {
        code.lower() for code in codes if len(code) == 3 and code.isalpha()
    }


@dataclass(frozen=True)
class Region:
    """A heading over countries; ``None`` for those that belong nowhere."""

    term: TermView | None
    codes: frozenset[str]


def regions(scheme: str = "region") -> list[Region]:
    """The countries by the regions they are in today, and last those in none."""
    known, today = catalogue(), clock.now().date()
    groups, countries = known.scheme(scheme), known.scheme(COUNTRY)
    if countries is None:
        return []
    found = [
        Region(group, frozenset(term.code for term in known.members_of(group, on=today)))
        for group in (groups.assignable if groups else ())
    ]
    placed = frozenset().union(*(region.codes for region in found)) if found else frozenset()
    rest = frozenset(term.code for term in countries.assignable) - placed
    return [region for region in [*found, Region(None, rest)] if region.codes]
