"""Regions as circles where their countries lie; the area of a circle says how many.

x is in per cent and y in pixels, so that words keep their size at any width. Never mirrored:
it is a map. What has no countries (the whole world) stands at the foot.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.tile_map import SIDE, tiles

LARGEST, SMALLEST = 46, 5  # pixels, radius of the fullest and of any that is not empty
HIGH, FOOT = 360, 44  # of the map; below it the names of the lowest
INSIDE = 15  # a circle of this radius takes its figure in
LINE = 15
LETTERS = 18  # of a name on one line


@dataclass(frozen=True)
class Bubble:
    """One circle: ``x`` and ``y`` are parts of the map from the west and from the north."""

    name: str
    value: int
    text: str
    label: str
    url: str
    x: float
    y: float


def middle(codes: Iterable[str]) -> tuple[float, float] | None:
    """The middle of some countries on the map; None where none of them has a square."""
    known = [tiles()[code] for code in codes if code in tiles()]
    if not known:
        return None
    wide = max(column for column, _ in tiles().values()) + 1
    high = max(row for _, row in tiles().values()) + 1
    x = sum(column + 0.5 for column, _ in known) / len(known) / wide
    y = sum(row + 0.5 for _, row in known) / len(known) / high
    return x, y


def bubbles(held: Sequence[Bubble], *, label: str) -> SafeString:
    """The circles over a faint map, the largest first so that small ones stay in front."""
    most = max((one.value for one in held), default=0)
    ordered = sorted(held, key=lambda one: -one.value)
    return format_html(
        '<svg class="fig bubbles" width="100%" height="{}" role="group" aria-label="{}">{}{}</svg>',
        str(HIGH + FOOT),
        label,
        _backdrop(),
        format_html_join("", "{}", ((_bubble(one, most),) for one in ordered)),
    )


def radius(value: int, most: int) -> float:
    """Areas are as the values: four times as many is twice as wide."""
    return max(SMALLEST, LARGEST * sqrt(value / most)) if value and most else 0


def _backdrop() -> SafeString:
    """All squares, so that one knows where one is."""
    wide = (max(column for column, _ in tiles().values()) + 1) * SIDE
    high = (max(row for _, row in tiles().values()) + 1) * SIDE
    path = "".join(
        f"M{column * SIDE + 1} {row * SIDE + 1}h8v8h-8z" for column, row in sorted(tiles().values())
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" width="100%" height="{}" preserveAspectRatio="none" '
        'aria-hidden="true"><path class="s-soft" d="{}"/></svg>',
        str(wide),
        str(high),
        str(HIGH),
        path,
    )


def _bubble(one: Bubble, most: int) -> SafeString:
    size, x, y = radius(one.value, most), f"{number(one.x * 100)}%", one.y * HIGH
    inside = size >= INSIDE
    first = y + size + (LINE if inside else 2 * LINE)
    lines = wrapped(one.name)
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title>'
        '<circle cx="{}" cy="{}" r="{}" class="b"/>'
        '<text x="{}" y="{}" class="{}">{}</text>{}</a>',
        one.url,
        one.label,
        one.label,
        x,
        number(y),
        number(size),
        x,
        number(y + 5 if inside else y + size + LINE),
        "in" if inside else "out",
        one.text,
        format_html_join(
            "",
            '<text x="{}" y="{}" class="n">{}</text>',
            ((x, number(first + LINE * place), words) for place, words in enumerate(lines)),
        ),
    )


def wrapped(name: str, letters: int = LETTERS) -> list[str]:
    """A name on as many lines as it needs; a word that is longer than a line is left whole."""
    words = " ".join(name.split())
    return textwrap.wrap(words, letters - 1, break_long_words=False, break_on_hyphens=False)
