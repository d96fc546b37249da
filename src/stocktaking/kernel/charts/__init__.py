"""Pictures drawn on the server: pure functions from plain values to safe HTML and SVG.

They know the grid's geometry and nothing of what stands in it; colours come from classes of the
style sheets, because the content security policy allows no inline style.
"""

from stocktaking.kernel.charts.bars import Bar, bar_table
from stocktaking.kernel.charts.geometry import Shape, lit
from stocktaking.kernel.charts.heat import Scale
from stocktaking.kernel.charts.key import key, key_in_words
from stocktaking.kernel.charts.mark import art, mark
from stocktaking.kernel.charts.numbers import figure, percent
from stocktaking.kernel.charts.plate import Head, Plate, Square, plate
from stocktaking.kernel.charts.tile_map import tile_map
from stocktaking.kernel.charts.weave import Thread, heat_grid, weave

__all__ = [
    "Bar",
    "Head",
    "Plate",
    "Scale",
    "Shape",
    "Square",
    "Thread",
    "art",
    "bar_table",
    "figure",
    "heat_grid",
    "key",
    "key_in_words",
    "lit",
    "mark",
    "percent",
    "plate",
    "tile_map",
    "weave",
]
