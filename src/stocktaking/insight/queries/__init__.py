"""Questions about the register as a whole."""

from stocktaking.insight.queries.asked import Asked
from stocktaking.insight.queries.collected import Collected, Tally, collected
from stocktaking.insight.queries.matrix import Cell, Matrix, matrix
from stocktaking.insight.queries.matrix_axes import Axis, axes, usual
from stocktaking.insight.queries.numbers import Numbers, Places, numbers, places
from stocktaking.insight.queries.seven import drawn_entries

__all__ = [
    "Asked",
    "Axis",
    "Cell",
    "Collected",
    "Matrix",
    "Numbers",
    "Places",
    "Tally",
    "axes",
    "collected",
    "drawn_entries",
    "matrix",
    "numbers",
    "places",
    "usual",
]
