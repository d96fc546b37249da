"""Where entries work, or where they are from: by country, and by region with its countries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from stocktaking.reference.queries import TermView, catalogue
from stocktaking.search import queries as search
from stocktaking.search.queries.parts import part
from stocktaking.search.rules.values import Query

COUNTRY, REGION = "country", "region"

# An entry works in the countries it names; it is from the country of its organisation.
Basis = Literal["works", "from"]
BASES: tuple[Basis, ...] = get_args(Basis)


@dataclass(frozen=True)
class Place:
    """A country or a region with the entries that a list of it would show."""

    term: TermView
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Region:
    """A region with its countries of the day, those with entries first; ``place`` is None for
    countries that belong to no region."""

    place: Place | None
    countries: tuple[Place, ...]

    @property
    def filled(self) -> tuple[Place, ...]:
        return tuple(one for one in self.countries if one.count)


@dataclass(frozen=True)
class PlaceMap:
    """Counts by place. Each ignores the filter of its own facet, as the list behind it does, so
    that parts do not add up: an entry counts in every country and region it has."""

    basis: Basis
    on: dt.date  # the day whose regions these are
    total: int
    unplaced: int  # entries of the result without any country
    by_country: Mapping[str, int] = field(repr=False)
    regions: tuple[Region, ...]

    @property
    def named(self) -> int:
        """Countries with at least one entry."""
        return sum(1 for count in self.by_country.values() if count)


def facet_of(place: str, basis: Basis) -> str:
    """The parameter that filters by a country or a region, seen from this side."""
    return place if basis == "works" else f"from-{place}"


def place_map(query: Query, basis: Basis, *, on: dt.date) -> PlaceMap:
    """Places of a query's results; regions have the countries of the day ``on``."""
    country, region = facet_of(COUNTRY, basis), facet_of(REGION, basis)
    asked = replace(query, page=1, size=1)
    answer = search.answer(asked, facets=(country, region))
    by_country, by_region = answer.facets[country], answer.facets[region]
    return PlaceMap(
        basis=basis,
        on=on,
        total=answer.total,
        unplaced=answer.total - _placed(asked, country, answer.total),
        by_country=by_country,
        regions=_regions(by_country, by_region, query, (country, region), on),
    )


def _placed(query: Query, facet: str, total: int) -> int:
    """How many of the results have a country; all, where the question is about countries."""
    scheme = catalogue().scheme(COUNTRY)
    if scheme is None or query.filters.get(facet) or not total:
        return total
    codes = tuple(term.code for term in scheme)
    return part(replace(query, filters={**query.filters, facet: codes}), query)[0]


def _regions(
    by_country: Mapping[str, int],
    by_region: Mapping[str, int],
    query: Query,
    facets: tuple[str, str],
    on: dt.date,
) -> tuple[Region, ...]:
    framework = catalogue()
    countries, regions = framework.scheme(COUNTRY), framework.scheme(REGION)
    if countries is None:
        return ()
    chosen = [frozenset(query.filters.get(name, ())) for name in facets]

    def placed(term: TermView) -> Place:
        return Place(term, by_country.get(term.code, 0), term.code in chosen[0])

    left = {term.code: term for term in countries}
    found = []
    for term in regions or ():
        members = [one for one in framework.members_of(term, on=on) if one.scheme == COUNTRY]
        for one in members:
            left.pop(one.code, None)
        place = Place(term, by_region.get(term.code, 0), term.code in chosen[1])
        found.append(Region(place, _fullest_first(map(placed, members))))
    homeless = Region(None, _fullest_first(map(placed, left.values())))
    return (*found, homeless) if homeless.countries else tuple(found)


def _fullest_first(places: "map[Place]") -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda one: (-one.count, one.term.order, one.term.code)))
