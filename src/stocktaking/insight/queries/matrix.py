"""Two schemes against each other with what entries claim: counts, shares, tendencies, gaps."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from stocktaking.insight.queries.matrix_axes import Axis, Reference, axes, reference_of
from stocktaking.insight.rules import matrix as rules
from stocktaking.insight.rules.matrix import Kinds, Square
from stocktaking.insight.rules.matrix_independence import Judgement, Standing, judged
from stocktaking.insight.rules.matrix_periods import Period
from stocktaking.reference.queries import CrosswalkView, LinkView, TermView, catalogue
from stocktaking.search.queries.tables import table
from stocktaking.search.rules.tables import Table
from stocktaking.search.rules.values import Query

LONG = 30  # terms of a side; of a longer scheme those are drawn that entries carry
MOST_ROWS, MOST_COLUMNS = 30, 20  # then


@dataclass(frozen=True)
class Cell:
    """One square; shares are parts of the entries of its row or column, from 0 to 1.

    ``before`` is its count in the period that is compared with, None where none is.
    """

    row: TermView
    column: TermView
    count: int
    share_of_row: float
    share_of_column: float
    link: LinkView | None
    gap: bool
    judgement: Judgement
    part: float = 0.0  # of all entries in the selection
    before: int | None = None
    part_before: float = 0.0

    @property
    def difference(self) -> int:
        return self.count - (self.before or 0)

    @property
    def shift(self) -> float:
        """By how much its part of all entries moved, from -1 to 1."""
        return self.part - self.part_before


@dataclass(frozen=True)
class Matrix:
    """Counts of two schemes.

    An entry counts in every square it touches, so that squares do not add up to ``total`` nor
    to the totals of rows and columns, which count each entry once.
    """

    rows_axis: Axis
    columns_axis: Axis
    rows: tuple[TermView, ...]  # those drawn
    columns: tuple[TermView, ...]
    rows_left_out: int  # terms that entries carry, of a scheme too long to draw
    columns_left_out: int
    reference: Reference | None
    table: Table
    whole: bool  # of the whole register: only then an empty link is a gap
    before: Table | None = None

    @property
    def total(self) -> int:
        return self.table.total

    @property
    def counts(self) -> Mapping[Square, int]:
        return self.table.squares

    @property
    def row_totals(self) -> Mapping[str, int]:
        return self.table.rows

    @property
    def column_totals(self) -> Mapping[str, int]:
        return self.table.columns

    @property
    def grid(self) -> CrosswalkView | None:
        return self.reference.walk if self.reference else None

    @property
    def squares(self) -> int:
        return len(self.rows) * len(self.columns)

    @property
    def same(self) -> bool:
        """Whether a scheme is crossed with itself."""
        return self.rows_axis.name == self.columns_axis.name

    @property
    def links(self) -> set[Square]:
        return self.reference.squares if self.reference else set()

    @cached_property
    def kinds(self) -> Kinds:
        """What the reference and the counts make of the squares, in every selection."""
        squares = ((row.code, column.code) for row in self.rows for column in self.columns)
        return rules.kinds(self.counts, self.links, squares)

    @cached_property
    def gaps(self) -> list[LinkView]:
        """Links without an entry, in the order of the rows; none in a filtered matrix."""
        return self.empty_links if self.whole else []

    @cached_property
    def empty_links(self) -> list[LinkView]:
        """Links that nothing of this selection stands in, in the order of rows and columns."""
        cells = (cell for _row, line in self.lines() for cell in line)
        return [cell.link for cell in cells if cell.link and not cell.count]

    @cached_property
    def unforeseen(self) -> list[Cell]:
        """Filled squares that the reference does not link, the fullest first; none without one."""
        cells = (cell for _row, line in self.lines() for cell in line)
        found = [cell for cell in cells if self.reference and cell.count and not cell.link]
        return sorted(found, key=lambda c: (-c.count, c.row.position, c.column.position))

    @cached_property
    def telling(self) -> list[Cell]:
        """Squares with clearly more or fewer entries than chance has it, the clearest first."""
        cells = (cell for _row, line in self.lines() for cell in line)
        told = (Standing.MORE, Standing.FEWER)
        return sorted(
            (cell for cell in cells if cell.judgement.standing in told),
            key=lambda c: (
                -abs(c.count - c.judgement.expected) / max(c.judgement.expected, 1) ** 0.5
            ),
        )

    def cell(self, row: str, column: str) -> Cell:
        first, second = self.rows_axis.scheme.by_code[row], self.columns_axis.scheme.by_code[column]
        count, link = self.counts.get((row, column), 0), self._link(row, column)
        before = self.before.squares.get((row, column), 0) if self.before else None
        return Cell(
            row=first,
            column=second,
            count=count,
            share_of_row=rules.share(count, self.row_totals.get(row, 0)),
            share_of_column=rules.share(count, self.column_totals.get(column, 0)),
            link=link,
            gap=self.whole and link is not None and not count,
            judgement=self._judged(row, column, count),
            part=rules.share(count, self.total),
            before=before,
            part_before=rules.share(before, self.before.total) if self.before and before else 0.0,
        )

    def lines(self) -> Sequence[tuple[TermView, list[Cell]]]:
        """Rows from the top, each with its cells."""
        return self._lines

    @cached_property
    def _lines(self) -> list[tuple[TermView, list[Cell]]]:
        return [
            (row, [self.cell(row.code, column.code) for column in self.columns])
            for row in self.rows
        ]

    def _link(self, row: str, column: str) -> LinkView | None:
        return self.reference.link(row, column) if self.reference else None

    def _judged(self, row: str, column: str, count: int) -> Judgement:
        """Against chance among the entries that stand on both sides: one of a scheme that was
        never asked for says nothing about the other."""
        found = judged(
            count,
            row=self.table.placed_rows.get(row, 0),
            column=self.table.placed_columns.get(column, 0),
            total=self.table.placed,
        )
        if self.same and row == column:
            return replace(found, standing=Standing.SAME)
        if self.same and not count and not self.rows_axis.many:  # empty by nature, not by chance
            return replace(found, standing=Standing.TOO_FEW)
        return found


def matrix(
    query: Query | None = None,
    *,
    sides: tuple[str, str] | None = None,
    period: Period | None = None,
    against: Period | None = None,
    all_terms: bool = False,
) -> Matrix | None:
    """Two schemes for a query's results; for the whole register without one.

    ``sides`` are the names of rows and columns, without them those of the framework's grid.
    With two periods it counts what was registered in ``period``, and beside it what was in
    ``against``. ``all_terms`` leaves out none of a long scheme that an entry carries. None where
    there are no such schemes.
    """
    grid = catalogue().grid()
    named = sides or ((grid.rows.slug, grid.columns.slug) if grid else ("", ""))
    first, second = (axes().get(name) for name in named)
    if first is None or second is None:
        return None
    asked = query or Query()
    names = {"rows": first.name, "columns": second.name}
    now = table(_within(asked, period), **names, whole=asked)
    before = table(_within(asked, against), **names, whole=asked) if against else None
    chosen = dict(asked.filters)
    rows = _fitting(first, chosen.get(first.name, ()))
    # of a scheme against itself the filter chooses the rows
    columns = _fitting(second, chosen.get(second.name, ()) if first.name != second.name else ())
    drawn_rows = _drawn(
        first, rows, _added(now.rows, before.rows if before else {}), 0 if all_terms else MOST_ROWS
    )
    drawn_columns = _drawn(
        second,
        columns,
        _added(now.columns, before.columns if before else {}),
        0 if all_terms else MOST_COLUMNS,
    )
    return Matrix(
        rows_axis=first,
        columns_axis=second,
        rows=drawn_rows,
        columns=drawn_columns,
        rows_left_out=_left_out(rows, drawn_rows, now.rows),
        columns_left_out=_left_out(columns, drawn_columns, now.columns),
        reference=reference_of(first, second),
        table=now,
        whole=is_whole(asked) and period is None,
        before=before,
    )


def is_whole(query: Query) -> bool:
    """Whether nothing narrows it."""
    plain = replace(query, sort="newest", page=1, size=20, filters={})
    return plain == Query(sort="newest", kind=query.kind) and not any(query.filters.values())


def _within(query: Query, period: Period | None) -> Query:
    if period is None:
        return query
    return replace(query, registered_from=period.first, registered_to=period.last)


def _fitting(axis: Axis, chosen: Sequence[str]) -> list[TermView]:
    """The terms that a filter on the side itself lets through."""
    return [term for term in axis.terms if not chosen or term.code in chosen]


def _drawn(
    axis: Axis, terms: list[TermView], carried: Mapping[str, int], most: int
) -> tuple[TermView, ...]:
    """The terms of a side that are drawn: of a long scheme those that most entries carry."""
    if len(axis.terms) <= LONG:
        return tuple(terms)
    kept = rules.most_used(carried, [term.code for term in terms], most or len(terms))
    return tuple(term for term in terms if term.code in kept)


def _left_out(terms: list[TermView], drawn: tuple[TermView, ...], totals: Mapping[str, int]) -> int:
    shown = {term.code for term in drawn}
    return sum(1 for term in terms if totals.get(term.code) and term.code not in shown)


def _added(one: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, int]:
    return Counter(one) + Counter(other)
