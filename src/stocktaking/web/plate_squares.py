"""What stands in one square of a plate, how it is called out, and how it is coloured."""

from collections.abc import Callable
from typing import Literal, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from stocktaking.insight.queries import Cell
from stocktaking.insight.rules.matrix_independence import Standing
from stocktaking.kernel import languages
from stocktaking.kernel.charts import Square, figure, percent
from stocktaking.kernel.charts.heat import RATIOS, SHARES, SHIFTS, SQUARES, Scale
from stocktaking.reference.queries import TermView

Show = Literal["count", "row", "column", "over", "change", "shift", "links"]
SHOWS: tuple[Show, ...] = get_args(Show)
COMPARING: tuple[Show, ...] = ("change", "shift")  # two periods
SCALES: dict[Show, Scale] = {
    "row": SHARES,
    "column": SHARES,
    "over": RATIOS,
    "change": SQUARES,
    "shift": SHIFTS,
}
STANDINGS: dict[Standing, str | Promise] = {
    Standing.MORE: gettext_lazy("more than chance"),
    Standing.FEWER: gettext_lazy("fewer than chance"),
    Standing.EXPECTED: gettext_lazy("as chance has it"),
    Standing.TOO_FEW: gettext_lazy("too few to say"),
    Standing.SAME: pgettext_lazy("a term crossed with itself", "the same term"),
}
MINUS, LEFT_TO_RIGHT = "\N{MINUS SIGN}", "\N{LEFT-TO-RIGHT MARK}"
NOTHING = "–"

Address = Callable[[Cell], str]


def named(term: TermView) -> str:
    """A term with its number, as the squares are called out."""
    return f"{term.code} {term.short_label()}" if term.colour else term.short_label()


def signed(value: float, digits: int = 0) -> str:
    """A difference with its sign, which stays before it in every direction of writing."""
    shown = figure(abs(value), digits)
    if not any(digit in shown for digit in "123456789"):
        return shown
    mark = LEFT_TO_RIGHT if languages.current().rtl else ""
    return f"{mark}{'+' if value > 0 else MINUS}{shown}"


def ratio(value: float) -> str:
    """How many times: one decimal below ten."""
    return figure(value, 0 if value >= 9.95 else 1)


def points(value: float) -> str:
    """A difference of shares in percentage points."""
    return signed(value * 100, 0 if abs(value) >= 0.0995 else 1)


def scale_of(show: Show) -> Scale:
    return SCALES.get(show, SQUARES)


def drawing(show: Show, url: Address, *, corners: bool = True) -> Callable[[Cell], Square]:
    """How a cell becomes a square. ``corners`` marks those that the reference links."""
    return {
        "count": lambda cell: counted(cell, url, corners),
        "links": lambda cell: linked(cell, url),
        "row": lambda cell: shared(cell, cell.share_of_row, url, corners),
        "column": lambda cell: shared(cell, cell.share_of_column, url, corners),
        "over": lambda cell: weighed(cell, url, corners),
        "change": lambda cell: changed(cell, url, corners),
        "shift": lambda cell: shifted(cell, url, corners),
    }[show]


def counted(cell: Cell, url: Address, corners: bool) -> Square:
    is_linked = corners and cell.link is not None
    if cell.gap:
        return Square("0", gap_label(cell), url(cell), gap=True, linked=True)
    if not cell.count:
        return Square(linked=is_linked)
    step = SQUARES.step(cell.count)
    return Square(figure(cell.count), label(cell), url(cell), step=step, linked=is_linked)


def linked(cell: Cell, url: Address) -> Square:
    if cell.link is None:
        return Square()
    drawn = counted(cell, url, corners=True)
    return drawn if drawn.text else Square("0", label(cell), url(cell), linked=True)


def shared(cell: Cell, share: float, url: Address, corners: bool) -> Square:
    if not cell.count:
        return counted(cell, url, corners)
    text = figure(share * 100) if share >= 0.005 else "<1"
    is_linked = corners and cell.link is not None
    told = f"{percent(share)}: {label(cell)}"
    return Square(text, told, url(cell), SHARES.step(share), is_linked)


def weighed(cell: Cell, url: Address, corners: bool) -> Square:
    """Against what independence expects: filled where there are more, outlined where fewer."""
    standing, is_linked = cell.judgement.standing, corners and cell.link is not None
    if standing in (Standing.TOO_FEW, Standing.SAME):
        if not cell.count:
            return Square(linked=is_linked)
        return Square(NOTHING, over_label(cell), url(cell), linked=is_linked)
    more = standing is Standing.MORE
    step = max(1, RATIOS.step(cell.judgement.ratio)) if more else 0
    text, low = ratio(cell.judgement.ratio), standing is Standing.FEWER
    return Square(text, over_label(cell), url(cell), step=step, linked=is_linked, low=low)


def changed(cell: Cell, url: Address, corners: bool) -> Square:
    is_linked = corners and cell.link is not None
    if not cell.count and not cell.before:
        return Square(linked=is_linked)
    step, low = SQUARES.step(max(0, cell.difference)), cell.difference < 0
    text = signed(cell.difference)
    return Square(text, change_label(cell), url(cell), step=step, linked=is_linked, low=low)


def shifted(cell: Cell, url: Address, corners: bool) -> Square:
    is_linked = corners and cell.link is not None
    if not cell.count and not cell.before:
        return Square(linked=is_linked)
    text = points(cell.shift)
    step, low = SHIFTS.step(max(0.0, cell.shift)), text.strip(LEFT_TO_RIGHT)[:1] == MINUS
    return Square(text, shift_label(cell), url(cell), step=step, linked=is_linked, low=low)


def label(cell: Cell) -> str:
    return ngettext(
        "%(count)s entry: %(row)s, %(column)s", "%(count)s entries: %(row)s, %(column)s", cell.count
    ) % {"count": figure(cell.count), "row": named(cell.row), "column": named(cell.column)}


def gap_label(cell: Cell) -> str:
    return _("0, nobody yet: %(row)s, %(column)s") % {
        "row": named(cell.row),
        "column": named(cell.column),
    }


def over_label(cell: Cell) -> str:
    words = {
        "ratio": ratio(cell.judgement.ratio),
        "standing": STANDINGS[cell.judgement.standing],
        "expected": figure(cell.judgement.expected, 1),
        "square": label(cell),
    }
    if cell.judgement.standing in (Standing.TOO_FEW, Standing.SAME):
        return _("%(standing)s. %(square)s") % words
    return _("%(ratio)s times, %(standing)s (%(expected)s expected). %(square)s") % words


def change_label(cell: Cell) -> str:
    return _("%(difference)s, from %(before)s to %(now)s: %(row)s, %(column)s") % {
        "difference": signed(cell.difference),
        "before": figure(cell.before or 0),
        "now": figure(cell.count),
        "row": named(cell.row),
        "column": named(cell.column),
    }


def shift_label(cell: Cell) -> str:
    return _("%(difference)s points, from %(before)s to %(now)s: %(row)s, %(column)s") % {
        "difference": points(cell.shift),
        "before": percent(cell.part_before),
        "now": percent(cell.part),
        "row": named(cell.row),
        "column": named(cell.column),
    }
