"""What drawings of figures over time share: where things stand, round steps, ink for page and file.

Across, everything is in per cent of the drawing, so that text keeps its size at any width; down,
in pixels. In right-to-left pages time runs from the right.
"""

import math
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.numbers import figure, percent
from stocktaking.kernel.charts.standalone import HEAT, MUTED, PAPER

BLUE, LINE = "#0b4f8a", "#d3dae1"
UNIT = 10  # of the inner drawing, for each span of time
FOOT = 26  # pixels below the base line, for the names of spans
HEAD = 18  # pixels above the highest value, for its figure
STEPS = (6, 4, 3, 2, 1)  # heat of the parts of a stack, dark to light
TINY = 1e-6  # nothing, for a drawing
_LABELS = 8  # names of spans that fit on a phone

# what a class of the style sheet draws, for files that stand alone
PLAIN = {
    "ax": f'stroke="{LINE}" stroke-width="1"',
    "b": f'fill="{BLUE}"',
    "so-far": f'fill="{HEAT[1]}" stroke="{BLUE}" stroke-width="1.5" stroke-dasharray="4 3"',
    "ln": f'fill="none" stroke="{BLUE}" stroke-width="2.5" stroke-linejoin="round"',
    "band": f'fill="{HEAT[2]}"',
    "pt": f'fill="{PAPER}" stroke="{BLUE}" stroke-width="2.5"',
    "m": f'fill="{MUTED}"',
    **{f"f{step}": f'fill="{colour}"' for step, colour in enumerate(HEAT)},
}


@dataclass(frozen=True)
class Paper:
    """What is drawn on: a page with its style sheet, or a file that has none."""

    rtl: bool = False
    page: bool = True

    def ink(self, name: str) -> SafeString:
        """Attributes that colour a shape."""
        return format_html('class="{}"', name) if self.page else SafeString(PLAIN[name])

    def x(self, share: float) -> str:
        """A place across, from 0 at the start side to 1."""
        return f"{number(100 * (1 - share if self.rtl else share))}%"

    def place(self, index: int, count: int) -> float:
        """The left end of a slot in the inner drawing, counted in its units."""
        return float(UNIT * (count - 1 - index if self.rtl else index))


def steps(most: float, *, whole: bool = True, wanted: int = 4) -> tuple[float, ...]:
    """Round values from 0 to just above ``most``; whole numbers for what is counted."""
    if most < TINY:
        return (0, 1)
    rough = most / wanted
    power = 10 ** math.floor(math.log10(rough))
    size = next(power * lead for lead in (1, 2, 2.5, 5, 10) if power * lead >= rough * 0.999)
    if whole:
        size = max(1, math.ceil(size))
    return tuple(round(size * i, 10) for i in range(math.ceil(most / size - 1e-9) + 1))


def scale(paper: Paper, values: tuple[float, ...], height: int, *, share: bool) -> SafeString:
    """Hairlines across with their values in the margin at the start side."""
    top = values[-1] or 1
    margin = "6" if paper.rtl else "-6"
    rows = []
    for value in values:
        y = number(HEAD + (height - HEAD) * (1 - value / top))
        said = percent(value) if share else figure(value)
        rows.append((paper.ink("ax"), y, y, paper.ink("m"), paper.x(0), y, margin, said))
    return format_html_join(
        "",
        '<line {} x1="0" x2="100%" y1="{}" y2="{}"/>'
        '<text {} x="{}" y="{}" dx="{}" dy=".32em" text-anchor="end">{}</text>',
        rows,
    )


def names(paper: Paper, spans: tuple[str, ...], height: int) -> SafeString:
    """The names of spans under the base line: as many as fit, the last one always."""
    count = len(spans)
    every = math.ceil(count / _LABELS)
    # the last one and every so many before it
    shown = [i for i in range(count) if (count - 1 - i) % every == 0]
    return format_html_join(
        "",
        '<text {} x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (paper.ink("m"), paper.x((i + 0.5) / count), str(height + FOOT - 6), spans[i])
            for i in shown
        ),
    )


def inner(shapes: SafeString, spans: int, height: int) -> SafeString:
    """Shapes without text in units of their own, stretched to the width of the drawing."""
    return format_html(
        '<svg x="0" y="0" width="100%" height="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">{}</svg>',
        str(height),
        str(UNIT * spans),
        str(height),
        shapes,
    )


def bar(x: float, y: float, width: float, height: float) -> str:
    """The path of an upright rectangle."""
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h-{number(width)}z"
