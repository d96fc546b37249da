"""Any figure of the register: on a page, and as one SVG that stands alone.

``draw`` is for pages with the style sheets, ``as_file`` for files, mails and reports.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import Paper
from stocktaking.kernel.charts.bars import Bar, bar_table
from stocktaking.kernel.charts.multiples import Multiples, multiples
from stocktaking.kernel.charts.over_time import Columns, Line, columns, line, tall
from stocktaking.kernel.charts.stacks import Stacks, Tiles, shades, stacks, tiles


@dataclass(frozen=True)
class Bars:
    """Bars as a table: the figure is its own table. ``heads`` name the two columns."""

    rows: tuple[Bar, ...]
    heads: tuple[str, str]


Figure = Columns | Line | Multiples | Stacks | Tiles | Bars


def draw(content: Figure, *, label: str, description: str, rtl: bool = False) -> SafeString:
    """The figure on a page; ``label`` and ``description`` are what is said instead of seen."""
    paper = Paper(rtl)
    if isinstance(content, Bars):
        return bar_table(content.rows, label, rtl=rtl, heads=content.heads)
    if isinstance(content, Multiples):
        return multiples(content, paper)
    if isinstance(content, Stacks):
        return stacks(content, paper)
    if isinstance(content, Tiles):
        return tiles(content)
    named = "" if isinstance(content, Line) else _named_parts(content)
    drawn = line(content, paper) if isinstance(content, Line) else columns(content, paper)
    return format_html(
        '{}<svg class="fig axed" height="{}" role="img" aria-label="{}"><title>{}</title>'
        "<desc>{}</desc>{}</svg>",
        named,
        str(tall()),
        label,
        label,
        description,
        drawn,
    )


def _named_parts(content: Columns) -> SafeString:
    names: Sequence[str] = [series.name for series in content.series]
    return shades(names) if len(names) > 1 else SafeString("")
