"""How much the register holds, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stocktaking.entries.queries import Totals, totals
from stocktaking.reference.queries import TermView, catalogue
from stocktaking.search import queries as search
from stocktaking.search.rules.values import Query


@dataclass(frozen=True)
class Places:
    """Where the entries of a query work; one counts in every country and region it works in."""

    total: int
    by_region: tuple[tuple[TermView, int], ...]  # the most first
    by_country: Mapping[str, int] = field(repr=False)


@dataclass(frozen=True)
class Numbers:
    """The whole register, published entries only."""

    totals: Totals
    places: Places


def numbers() -> Numbers:
    """The register in numbers."""
    return Numbers(totals=totals(), places=places(Query()))


def places(query: Query) -> Places:
    """Regions and countries of a query's results."""
    answer = search.answer(query, facets=("region", "country"))
    regions = answer.facets.get("region", {})
    scheme = catalogue().scheme("region")
    known = [(term, regions.get(term.code, 0)) for term in (scheme.assignable if scheme else ())]
    counted = sorted((pair for pair in known if pair[1]), key=lambda p: (-p[1], p[0].order))
    return Places(answer.total, tuple(counted), answer.facets.get("country", {}))
