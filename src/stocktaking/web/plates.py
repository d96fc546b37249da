"""A matrix as the plate that pages show: what stands in each square, and where it leads."""

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.insight.queries import Cell, Matrix
from stocktaking.kernel.charts import Head, Plate, Square, figure, percent
from stocktaking.kernel.charts.heat import SHARES, SQUARES, Scale
from stocktaking.reference.queries import SchemeView, TermView

Show = Literal["count", "row", "column", "links"]
SHOWS: tuple[Show, ...] = get_args(Show)
Pair = tuple[str, str]


def explore_link(*pairs: Pair, also: Iterable[Pair] = ()) -> str:
    """The address of the list with these filters, in the canonical order."""
    given = sorted({*pairs, *also})
    base = reverse("explore")
    return f"{base}?{urlencode(given)}" if given else base


def scale_of(show: Show) -> Scale:
    return SHARES if show in ("row", "column") else SQUARES


def plate_of(
    matrix: Matrix,
    *,
    show: Show = "count",
    totals: bool = False,
    corners: bool = True,
    also: Iterable[Pair] = (),
) -> Plate:
    """The plate. ``corners`` marks linked squares; ``also`` are the filters it was counted with."""
    filters = tuple(also)
    rows, columns = matrix.grid.rows, matrix.grid.columns
    square = _drawing(show, filters, corners)
    return Plate(
        caption=_("Entries by %(rows)s (rows) and %(columns)s (columns)")
        % {"rows": rows.label(), "columns": columns.label()},
        rows=_heads(rows, filters),
        columns=_heads(columns, filters),
        squares=[[square(cell) for cell in cells] for _row, cells in matrix.lines()],
        row_totals=_totals(rows, matrix.row_totals) if totals else (),
        column_totals=_totals(columns, matrix.column_totals) if totals else (),
        total_name=_("all") if totals else "",
    )


def named(term: TermView) -> str:
    """A term with its number, as the squares are called out."""
    return f"{term.code} {term.short_label()}" if term.colour else term.short_label()


def _heads(scheme: SchemeView, filters: tuple[Pair, ...]) -> list[Head]:
    heads, before = [], None
    for term in scheme:
        heads.append(
            Head(
                code=term.group_code,
                name=_column_name(scheme, term) if term.colour else term.short_label(),
                url=explore_link((term.scheme, term.code), also=filters),
                css=term.css if term.colour else "",
                first=before is not None and term.parent != before.parent,
            )
        )
        before = term
    return heads


def _column_name(scheme: SchemeView, term: TermView) -> str:
    return _("%(scheme)s %(code)s: %(name)s") % {
        "scheme": scheme.label(),
        "code": term.code,
        "name": term.short_label(),
    }


def _totals(scheme: SchemeView, counted: object) -> list[str]:
    held = dict(counted)  # type: ignore[call-overload]
    return [figure(held.get(term.code, 0)) for term in scheme]


def _drawing(show: Show, filters: tuple[Pair, ...], corners: bool) -> Callable[[Cell], Square]:
    def url(cell: Cell) -> str:
        return explore_link(
            (cell.row.scheme, cell.row.code), (cell.column.scheme, cell.column.code), also=filters
        )

    def counted(cell: Cell) -> Square:
        linked = corners and cell.link is not None
        if cell.gap:
            return Square("0", _gap_label(cell), url(cell), gap=True, linked=True)
        if not cell.count:
            return Square(linked=linked)
        step = SQUARES.step(cell.count)
        return Square(figure(cell.count), _label(cell), url(cell), step=step, linked=linked)

    def linked_only(cell: Cell) -> Square:
        if cell.link is None:
            return Square()
        drawn = counted(cell)
        return drawn if drawn.text else Square("0", _label(cell), url(cell), linked=True)

    def shared(cell: Cell) -> Square:
        if not cell.count:
            return counted(cell)
        share = cell.share_of_row if show == "row" else cell.share_of_column
        text = figure(share * 100) if share >= 0.005 else "<1"
        label = f"{percent(share)}: {_label(cell)}"
        return Square(text, label, url(cell), SHARES.step(share), corners and cell.link is not None)

    return {"count": counted, "links": linked_only, "row": shared, "column": shared}[show]


def _label(cell: Cell) -> str:
    return ngettext(
        "%(count)s entry: %(row)s, %(column)s", "%(count)s entries: %(row)s, %(column)s", cell.count
    ) % {"count": figure(cell.count), "row": named(cell.row), "column": named(cell.column)}


def _gap_label(cell: Cell) -> str:
    return _("0, nobody yet: %(row)s, %(column)s") % {
        "row": named(cell.row),
        "column": named(cell.column),
    }
