"""The grid with what entries claim: counts, shares, gaps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from stocktaking.insight.rules import matrix as rules
from stocktaking.insight.rules.matrix import Square
from stocktaking.reference.queries import CrosswalkView, LinkView, TermView, catalogue
from stocktaking.search import queries as search
from stocktaking.search.rules.values import Query


@dataclass(frozen=True)
class Cell:
    """One square; shares are parts of the entries of its row or column, from 0 to 1."""

    row: TermView
    column: TermView
    count: int
    share_of_row: float
    share_of_column: float
    link: LinkView | None
    gap: bool


@dataclass(frozen=True)
class Matrix:
    """Counts on the primary crosswalk.

    An entry counts in every square it touches, so that squares do not add up to ``total`` nor
    to the totals of rows and columns, which count each entry once.
    """

    grid: CrosswalkView
    total: int
    counts: Mapping[Square, int] = field(repr=False)
    row_totals: Mapping[str, int] = field(repr=False)
    column_totals: Mapping[str, int] = field(repr=False)
    whole: bool  # of the whole register: only then an empty link is a gap

    @property
    def squares(self) -> int:
        return len(self.grid.rows.assignable) * len(self.grid.columns.assignable)

    @cached_property
    def gaps(self) -> list[LinkView]:
        """Links without an entry, in the order of the grid; none in a filtered matrix."""
        if not self.whole:
            return []
        empty = rules.empty_links(self.counts, self.grid.links.keys())
        return sorted((self.grid.links[square] for square in empty), key=_place)

    @cached_property
    def unforeseen(self) -> list[Cell]:
        """Filled squares that the reference does not link, the fullest first."""
        found = rules.unforeseen(self.counts, self.grid.links.keys())
        cells = [self.cell(row, column) for row, column in found]
        return sorted(cells, key=lambda c: (-c.count, c.row.position, c.column.position))

    def cell(self, row: str, column: str) -> Cell:
        first, second = self.grid.rows.by_code[row], self.grid.columns.by_code[column]
        count, link = self.counts.get((row, column), 0), self.grid.link(row, column)
        return Cell(
            row=first,
            column=second,
            count=count,
            share_of_row=rules.share(count, self.row_totals.get(row, 0)),
            share_of_column=rules.share(count, self.column_totals.get(column, 0)),
            link=link,
            gap=self.whole and link is not None and not count,
        )

    def lines(self) -> Iterator[tuple[TermView, list[Cell]]]:
        """Rows from the top, each with its cells."""
        for row in self.grid.rows:
            yield row, [self.cell(row.code, column.code) for column in self.grid.columns]


def matrix(query: Query | None = None) -> Matrix | None:
    """The grid of a query's results; of the whole register without one.

    None where the framework has no crosswalk.
    """
    grid = catalogue().grid()
    if grid is None:
        return None
    asked = replace(query or Query(), page=1, size=1)
    rows, columns = grid.rows.slug, grid.columns.slug
    answer = search.answer(asked, facets=(rows, columns))
    known = _squares(grid)
    crossed = search.cross(asked, rows=rows, columns=columns)
    return Matrix(
        grid=grid,
        total=answer.total,
        counts={square: count for square, count in crossed.items() if square in known},
        row_totals=answer.facets.get(rows, {}),
        column_totals=answer.facets.get(columns, {}),
        whole=_is_whole(asked),
    )


def _squares(grid: CrosswalkView) -> set[Square]:
    return {(row.code, column.code) for row in grid.rows for column in grid.columns}


def _is_whole(query: Query) -> bool:
    ranges = (query.year_from, query.year_to, query.registered_from, query.registered_to)
    return not query.text and not any(query.filters.values()) and all(r is None for r in ranges)


def _place(link: LinkView) -> tuple[int, int]:
    return link.row.position, link.column.position
