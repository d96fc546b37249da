"""Questions about the register as a whole."""

from stocktaking.insight.queries.matrix import Cell, Matrix, matrix
from stocktaking.insight.queries.numbers import Numbers, Places, numbers, places
from stocktaking.insight.queries.seven import drawn_entries

__all__ = ["Cell", "Matrix", "Numbers", "Places", "drawn_entries", "matrix", "numbers", "places"]
