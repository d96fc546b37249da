"""A matrix as the plate that pages show: what stands in each square, and where it leads."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from stocktaking.insight.queries import Axis, Cell, Matrix
from stocktaking.insight.rules.matrix_periods import Period
from stocktaking.kernel.charts import Head, Plate, figure
from stocktaking.reference.queries import TermView
from stocktaking.web.facets import FROM
from stocktaking.web.plate_squares import SHOWS, Address, Show, drawing, named, scale_of

__all__ = [
    "SHOWS",
    "Pair",
    "Show",
    "axis_title",
    "axis_titles",
    "cell_url",
    "explore_link",
    "named",
    "plate_of",
    "scale_of",
    "term_url",
]

Pair = tuple[str, str]
NUMBER = re.compile(r"[A-Za-z]{0,3}\d[\d.]*")  # C7, 16, GDC5
MOST_CARRIED = 40  # filters that the links of a plate carry along


def explore_link(*pairs: Pair, also: Iterable[Pair] = ()) -> str:
    """The address of the list with these filters, in the canonical order."""
    given = sorted({*pairs, *also})
    base = reverse("explore")
    return f"{base}?{urlencode(given)}" if given else base


def axis_title(axis: Axis) -> str:
    """A side by its name; a place says whether entries work there or are from there."""
    if axis.elsewhere:
        return str(FROM[axis.name])
    worked_in = {"region": _("Region it works in"), "country": _("Country it works in")}
    return worked_in.get(axis.name) or axis.scheme.label()


def axis_titles(axis: Axis) -> str:
    """The same in the plural, for a heading."""
    from_there = {
        "from-region": _("Regions they are from"),
        "from-country": _("Countries they are from"),
        "region": _("Regions they work in"),
        "country": _("Countries they work in"),
    }
    return from_there.get(axis.name) or axis.scheme.plural_label()


def plate_of(
    matrix: Matrix,
    *,
    show: Show = "count",
    totals: bool = False,
    corners: bool = True,
    also: Iterable[Pair] = (),
    period: Period | None = None,
) -> Plate:
    """The plate. ``corners`` marks linked squares; ``also`` are the filters it was counted with,
    ``period`` the one that its counts are of."""
    filters = tuple(also) + period_pairs(period)
    address = cell_url(matrix, filters)
    square = drawing(show, address, corners=corners)
    rows, columns = matrix.rows_axis, matrix.columns_axis
    return Plate(
        caption=_("Entries by %(rows)s (rows) and %(columns)s (columns)")
        % {"rows": axis_title(rows), "columns": axis_title(columns)},
        rows=_heads(rows, matrix.rows, filters),
        columns=_columns(matrix, filters),
        squares=[[square(cell) for cell in cells] for _row, cells in matrix.lines()],
        row_totals=[figure(matrix.row_totals.get(t.code, 0)) for t in matrix.rows]
        if totals
        else (),
        column_totals=[figure(matrix.column_totals.get(t.code, 0)) for t in matrix.columns]
        if totals
        else (),
        total_name=_("all") if totals else "",
    )


def period_pairs(period: Period | None) -> tuple[Pair, ...]:
    """A period as filters of the list."""
    if period is None:
        return ()
    first, _dots, last = period.written.partition("..")
    return ("registered-from", first), ("registered-to", last or first)


def cell_url(matrix: Matrix, filters: tuple[Pair, ...]) -> Address:
    """Where a square leads: to the list of just the entries that it counts.

    A filter on a side chooses which of its terms are drawn, so the square's own term stands for
    it. A list cannot ask for two values of one filter at once: of a scheme against itself only
    the squares of one term lead somewhere.
    """
    first, second = matrix.rows_axis.name, matrix.columns_axis.name
    kept = tuple(pair for pair in filters if pair[0] not in (first, second))

    def url(cell: Cell) -> str:
        if len(kept) > MOST_CARRIED or (first == second and cell.row != cell.column):
            return ""
        return explore_link((first, cell.row.code), (second, cell.column.code), also=kept)

    return url


def term_url(axis: Axis, term: TermView, filters: Iterable[Pair]) -> str:
    """The list of a row or a column: its term in place of a filter on the same side."""
    kept = [pair for pair in filters if pair[0] != axis.name]
    return explore_link((axis.name, term.code), also=kept) if len(kept) <= MOST_CARRIED else ""


def _heads(axis: Axis, terms: Iterable[TermView], filters: tuple[Pair, ...]) -> list[Head]:
    heads, before = [], None
    for term in terms:
        heads.append(
            Head(
                code=_code(term),
                name=term.short_label(),
                url=term_url(axis, term, filters),
                css=term.css if term.colour else "",
                first=before is not None and term.parent != before.parent,
            )
        )
        before = term
    return heads


def _columns(matrix: Matrix, filters: tuple[Pair, ...]) -> list[Head]:
    """Numbers on their colours where the scheme has them, else names written upwards."""
    axis, terms = matrix.columns_axis, matrix.columns
    heads = _heads(axis, terms, filters)
    if matrix.same and axis.name in dict(filters):  # no list asks for two values of one filter
        heads = [replace(head, url="") for head in heads]
    if not all(term.colour for term in terms):
        return [replace(head, tall=True) for head in heads]
    return [
        replace(head, name=_column_name(axis, term))
        for head, term in zip(heads, terms, strict=True)
    ]


def _code(term: TermView) -> str:
    """The number of a term. A code that is a word repeats the name."""
    return term.group_code if NUMBER.fullmatch(term.group_code) else ""


def _column_name(axis: Axis, term: TermView) -> str:
    return _("%(scheme)s %(code)s: %(name)s") % {
        "scheme": axis.scheme.label(),
        "code": term.code,
        "name": term.short_label(),
    }
