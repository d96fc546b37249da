"""A collection in numbers: what its report says, and what its figures hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q

from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.asked import Asked, extra_answers
from stocktaking.insight.rules.matrix import Square
from stocktaking.insight.rules.summary import in_order
from stocktaking.kernel.lookups import Among
from stocktaking.reference.queries import SchemeView, TermView, catalogue
from stocktaking.search import queries as search
from stocktaking.search.rules.values import Query

REGION, COUNTRY, STAKEHOLDER = "region", "country", "stakeholder"
SHORT = 40  # terms; of a longer scheme only those that are counted are told


@dataclass(frozen=True)
class Tally:
    """Entries by the terms of one scheme; an entry counts at each term that it carries.

    Short schemes are whole and in their own order, longer ones hold what is counted, the most
    first.
    """

    scheme: SchemeView
    counts: tuple[tuple[TermView, int], ...]

    @property
    def most(self) -> tuple[TermView, int] | None:
        """The term with the most entries; None where nothing is counted."""
        found = max(self.counts, key=lambda pair: pair[1], default=None)
        return found if found and found[1] else None

    @property
    def empty(self) -> list[TermView]:
        return [term for term, count in self.counts if not count]


@dataclass(frozen=True)
class Collected:
    """The published entries of a collection as the index has them, newest first in ``numbers``.

    ``assumed`` counts the entries whose day of registration their source does not state.
    """

    numbers: tuple[int, ...] = field(repr=False)
    organisations: int
    assumed: int
    years: tuple[tuple[int, int], ...]
    rows: Tally | None  # of the grid
    columns: Tally | None
    squares: Mapping[Square, int] = field(repr=False)
    region: Tally | None
    country: Tally | None
    stakeholder: Tally | None
    asked: tuple[Asked, ...]
    building: bool  # there is no index yet: nothing of this is true

    @property
    def total(self) -> int:
        return len(self.numbers)

    @property
    def countries(self) -> int:
        return len(self.country.counts) if self.country else 0

    @property
    def tallies(self) -> list[Tally]:
        """All there are, in the order in which they are told."""
        found = (self.rows, self.columns, self.region, self.country, self.stakeholder)
        return [tally for tally in found if tally is not None]


def collected(slug: str, language: str) -> Collected:
    """What a collection holds, in a fixed number of SQL queries and three questions to the
    index, which alone says which entries count."""
    grid = catalogue().grid()
    rows, columns = (grid.rows.slug, grid.columns.slug) if grid else ("", "")
    query = Query(filters={"collection": (slug,)}, sort="newest", size=1)
    wanted = [name for name in (rows, columns, REGION, COUNTRY, STAKEHOLDER) if name]
    found = search.answer(query, facets=wanted)
    held = _held([int(key) for key in search.matching_keys(query)])
    tallies = {name: _tally(name, counts) for name, counts in found.facets.items()}
    return Collected(
        numbers=held.numbers,
        organisations=held.organisations,
        assumed=held.assumed,
        years=in_order(held.years),
        rows=tallies.get(rows),
        columns=tallies.get(columns),
        squares=search.cross(query, rows=rows, columns=columns) if grid else {},
        region=tallies.get(REGION),
        country=tallies.get(COUNTRY),
        stakeholder=tallies.get(STAKEHOLDER),
        asked=extra_answers(slug, held.numbers, language),
        building="index_building" in found.problems,
    )


def _tally(name: str, counts: Mapping[str, int]) -> Tally | None:
    scheme = catalogue().scheme(name)
    if scheme is None:
        return None
    terms: Sequence[TermView] = scheme.assignable
    if len(terms) > SHORT:
        terms = [term for term in terms if counts.get(term.code)]
        terms.sort(key=lambda term: (-counts[term.code], term.order))
    return Tally(scheme, tuple((term, counts.get(term.code, 0)) for term in terms))


@dataclass(frozen=True)
class _Held:
    """What the index does not count."""

    numbers: tuple[int, ...]
    organisations: int
    assumed: int
    years: dict[int, int]


def _held(numbers: Sequence[int]) -> _Held:
    """Of these entries, in their order; without what was withdrawn a moment ago."""
    rows = Entry.objects.filter(Among(F("number"), list(numbers)), state=EntryState.PUBLISHED)
    counted = rows.aggregate(
        organisations=Count("organisation", distinct=True, filter=Q(organisation__unknown=False)),
        assumed=Count("pk", filter=Q(registered_on_assumed=True)),
    )
    years = dict(rows.values_list("number", "registered_on__year"))
    return _Held(
        numbers=tuple(number for number in numbers if number in years),
        organisations=counted["organisations"],
        assumed=counted["assumed"],
        years=dict(Counter(years.values())),
    )
