"""Countries or regions side by side, as the index counts them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from stocktaking.accounts.queries.organisations import OrganisationView, organisations_by_number
from stocktaking.entries.queries.ageing import FRESHNESS
from stocktaking.entries.rules.freshness import Freshness
from stocktaking.insight.queries.by_place import COUNTRY, Basis, facet_of
from stocktaking.insight.rules.comparison import only_in, window
from stocktaking.insight.rules.matrix import share
from stocktaking.reference.queries import SchemeView, TermView, catalogue
from stocktaking.search import queries as search
from stocktaking.search.queries.over_time import over_time
from stocktaking.search.queries.parts import part
from stocktaking.search.queries.tables import table
from stocktaking.search.rules.values import Query

MOST_PLACES, FEWEST = 6, 2
TOP = 5  # organisations of each place
SHORT = 12  # terms; a longer scheme that is no axis of the grid would bury the others
YEARS = 10
ORGANISATION = "organisation"


@dataclass(frozen=True)
class Place:
    """One place: ``counts`` by facet and value, each leaving the filter of its own facet aside."""

    term: TermView
    total: int
    share: float  # of all entries that the filters find
    organisations: int
    top: tuple[tuple[OrganisationView, int], ...]
    years: Mapping[int, int]  # of registration
    counts: Mapping[str, Mapping[str, int]] = field(repr=False)


@dataclass(frozen=True)
class Row:
    """One term with its entries in each place; ``only`` is the one place that has any."""

    term: TermView
    counts: tuple[int, ...]
    only: TermView | None


@dataclass(frozen=True)
class Table:
    scheme: SchemeView
    rows: tuple[Row, ...]
    axis: bool  # of the grid


@dataclass(frozen=True)
class PlacesCompared:
    """Places in the order asked for. ``common`` are entries that work in two of them."""

    kind: str  # country or region
    basis: Basis
    total: int
    places: tuple[Place, ...]
    tables: tuple[Table, ...]
    years: tuple[tuple[int, tuple[int, ...]], ...]
    freshness: tuple[tuple[str, tuple[int, ...]], ...]
    common: Mapping[tuple[str, str], int]

    @property
    def enough(self) -> bool:
        return len(self.places) >= FEWEST

    @property
    def facet(self) -> str:
        return facet_of(self.kind, self.basis)


def compare_places(
    query: Query, kind: str, codes: Sequence[str], basis: Basis, *, on: dt.date
) -> PlacesCompared:
    """The places of these codes within what a query finds, whose own filter by such places is
    left aside. ``on`` is the last day of the years."""
    facet = facet_of(kind, basis)
    others = {name: values for name, values in query.filters.items() if name != facet}
    asked = replace(query, filters=others, page=1, size=1)
    terms = [term for code in codes if (term := catalogue().term(kind, code)) is not None]
    schemes = _schemes(on)
    total = search.answer(asked).total
    counted = [_counted(asked, facet, term, schemes, total, on) for term in terms[:MOST_PLACES]]
    places = _with_organisations(counted)
    return PlacesCompared(
        kind=kind,
        basis=basis,
        total=total,
        places=places,
        tables=tuple(table for one in schemes if (table := _table(one, places)).rows),
        years=tuple(
            (year, tuple(one.years.get(year, 0) for one in places))
            for year in window([year for one in places for year in one.years], most=YEARS)
        ),
        freshness=_freshness(places),
        common=_common(asked, facet, terms[:MOST_PLACES]) if basis == "works" else {},
    )


def _schemes(on: dt.date) -> list[SchemeView]:
    """The axes of the grid first, then what else is short; nothing that only groups places."""
    framework = catalogue()
    grid = framework.grid()
    axes = [grid.rows, grid.columns] if grid else []
    named = {one.slug for one in axes}
    short = [
        one
        for one in framework.facets()
        if one.slug not in {*named, COUNTRY}
        and len(one.assignable) <= SHORT
        and not any(framework.members_of(term, on=on) for term in one)
    ]
    return [*axes, *short]


def _counted(
    query: Query, facet: str, term: TermView, schemes: list[SchemeView], all_of: int, on: dt.date
) -> Place:
    asked = replace(query, filters={**query.filters, facet: (term.code,)})
    names = (*(scheme.slug for scheme in schemes), ORGANISATION, FRESHNESS)
    total, counts = part(asked, query, facets=names)
    # theirs are the entries that are counted: no filter by organisations is left aside
    chosen = query.filters.get(ORGANISATION)
    owners = {n: c for n, c in counts[ORGANISATION].items() if not chosen or n in chosen}
    return Place(
        term=term,
        total=total,
        share=share(total, all_of),
        organisations=len(owners),
        top=(),
        years=_years(asked, query, on) if total else {},
        counts={**counts, ORGANISATION: owners},
    )


def _years(query: Query, whole: Query, on: dt.date) -> dict[int, int]:
    """Entries by the year in which they were registered, the last ten years."""
    years = range(on.year - YEARS + 1, on.year + 1)
    bounds = [dt.date(year, 1, 1).toordinal() for year in (*years, on.year + 1)]
    counts = over_time(query, bounds=bounds, whole=whole).spans
    return {year: count for year, count in zip(years, counts, strict=True) if count}


def _with_organisations(counted: list[Place]) -> tuple[Place, ...]:
    """The same places with the names of their fullest organisations."""
    fullest = [
        sorted(one.counts[ORGANISATION].items(), key=lambda pair: (-pair[1], int(pair[0])))[:TOP]
        for one in counted
    ]
    known = organisations_by_number({int(number) for pairs in fullest for number, _ in pairs})
    return tuple(
        replace(
            one,
            top=tuple((known[int(n)], count) for n, count in pairs if int(n) in known),
        )
        for one, pairs in zip(counted, fullest, strict=True)
    )


def _table(scheme: SchemeView, places: tuple[Place, ...]) -> Table:
    grid = catalogue().grid()
    axis = grid is not None and scheme.slug in (grid.rows.slug, grid.columns.slug)
    rows = []
    for term in scheme:
        counts = tuple(one.counts[scheme.slug].get(term.code, 0) for one in places)
        lone = only_in(counts)
        if axis or any(counts):
            rows.append(Row(term, counts, places[lone].term if lone is not None else None))
    return Table(scheme, tuple(rows), axis)


def _freshness(places: tuple[Place, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple(
        (value.value, tuple(one.counts[FRESHNESS].get(value, 0) for one in places))
        for value in Freshness
    )


def _common(query: Query, facet: str, terms: list[TermView]) -> dict[tuple[str, str], int]:
    """Entries that work in both of two places, by their codes in both orders."""
    codes = {term.code for term in terms}
    asked = replace(query, filters={**query.filters, facet: tuple(sorted(codes))})
    crossed = table(asked, rows=facet, columns=facet, whole=query).squares if codes else {}
    return {
        pair: count
        for pair, count in crossed.items()
        if pair[0] in codes and pair[1] in codes and pair[0] != pair[1]
    }
