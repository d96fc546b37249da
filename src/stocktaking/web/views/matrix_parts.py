"""What the page tells below the plate: squares in words, and what a reference says of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stocktaking.insight.queries import Cell, Matrix
from stocktaking.insight.rules.matrix_independence import Standing
from stocktaking.kernel.charts import figure
from stocktaking.reference.queries import TermView
from stocktaking.search.rules.parameters import Pair
from stocktaking.web.plate_squares import STANDINGS, points, ratio, signed
from stocktaking.web.plates import cell_url
from stocktaking.web.views.home import Gap, gap_of

LISTED = 12  # squares that a list on the page names


@dataclass(frozen=True)
class Line:
    """One square in words, for the table and the lists."""

    cell: Cell
    url: str
    standing: str | Promise
    times: str
    expected: str
    difference: str
    shift: str

    @property
    def said(self) -> str:
        """How it stands to chance, in words."""
        if self.cell.judgement.standing in (Standing.TOO_FEW, Standing.SAME):
            return str(self.standing)
        return _("%(times)s times, %(standing)s") % {"times": self.times, "standing": self.standing}


def told(counted: Matrix, filters: tuple[Pair, ...], cells: Iterable[Cell]) -> list[Line]:
    """Squares in words, with the lists that they lead to."""
    url = cell_url(counted, filters)
    return [
        Line(
            cell,
            url(cell),
            STANDINGS[cell.judgement.standing],
            ratio(cell.judgement.ratio),
            figure(cell.judgement.expected, 1),
            signed(cell.difference),
            points(cell.shift),
        )
        for cell in cells
    ]


def lines(counted: Matrix, filters: tuple[Pair, ...]) -> Iterator[tuple[TermView, list[Line]]]:
    """The table: for each row its squares that are filled, linked, or were filled before."""
    for row, cells in counted.lines():
        if shown := [cell for cell in cells if cell.count or cell.before or cell.link]:
            yield row, told(counted, filters, shown)


def reference(counted: Matrix, filters: tuple[Pair, ...]) -> dict[str, object]:
    """Where practice and reference agree and part; nothing where no crosswalk joins the sides,
    and of a short period, which says little about what is missing."""
    if counted.reference is None or counted.before is not None:
        return {"linked": counted.reference is not None}
    url = cell_url(counted, filters)
    cells = (cell for _row, line in counted.lines() for cell in line)
    return {
        "linked": True,
        "reference": counted.reference,
        "kinds": counted.kinds,
        "void": [(cell, url(cell)) for cell in cells if cell.link and not cell.count],
        "unforeseen": told(counted, filters, counted.unforeseen[:LISTED]),
    }


def reasons(
    counted: Matrix, filters: tuple[Pair, ...]
) -> Iterator[tuple[TermView, list[tuple[Gap, TermView, int, str]]]]:
    """For each row, its links with reason, targets and entries."""
    url = cell_url(counted, filters)
    for row, cells in counted.lines():
        linked = [(gap_of(c.link), c.column, c.count, url(c)) for c in cells if c.link]
        if linked:
            yield row, linked
