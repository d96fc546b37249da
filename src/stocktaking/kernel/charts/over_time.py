"""Counts over time as columns, shares over time as lines with how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import (
    FOOT,
    HEAD,
    STEPS,
    UNIT,
    Paper,
    bar,
    inner,
    names,
    scale,
    steps,
)
from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.numbers import figure, percent

INSET = 1.2  # units left free at both sides of a column
TALL = 230
LOW = 60


@dataclass(frozen=True)
class Series:
    """Values, one for each span; ``low`` and ``high`` are what they may be."""

    name: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Columns:
    """A column for each span, of one part or of up to five, the first at the base.

    ``open`` says that the last span is not over: its column is drawn as a beginning.
    """

    spans: tuple[str, ...]
    series: tuple[Series, ...]
    open: bool = False

    @property
    def most(self) -> float:
        return max(
            (sum(s.values[i] for s in self.series) for i in range(len(self.spans))), default=0
        )


@dataclass(frozen=True)
class Line:
    """One line over time, with a band around it where it says how sure it is."""

    spans: tuple[str, ...]
    series: Series
    share: bool = False
    open: bool = False


def columns(content: Columns, paper: Paper, height: int = TALL) -> SafeString:
    """The drawing; it is ``height + FOOT`` pixels high and needs a margin at the start side."""
    values = steps(content.most)
    return format_html(
        "{}{}{}{}",
        scale(paper, values, height, share=False),
        inner(_stacks(content, paper, values[-1] or 1, height), len(content.spans), height),
        _highest(content, paper, values[-1] or 1, height),
        names(paper, content.spans, height),
    )


def _stacks(content: Columns, paper: Paper, top: float, height: int) -> SafeString:
    count, room = len(content.spans), height - HEAD
    base = [float(height)] * count
    paths, begun = [], ""
    shades = ["b"] if len(content.series) == 1 else [f"f{step}" for step in STEPS]
    for series, shade in zip(content.series, shades, strict=False):
        path = ""
        for i, value in enumerate(series.values):
            if value <= 0:
                continue
            tall = room * value / top
            base[i] -= tall
            if not (content.open and i == count - 1):
                path += bar(paper.place(i, count) + INSET, base[i], UNIT - 2 * INSET, tall)
        paths.append((paper.ink(shade), path))
    if content.open and count and base[-1] < height:
        begun = bar(
            paper.place(count - 1, count) + INSET, base[-1], UNIT - 2 * INSET, height - base[-1]
        )
        paths.append((paper.ink("so-far"), begun))
    return format_html_join(
        "", '<path {} d="{}" vector-effect="non-scaling-stroke"/>', (p for p in paths if p[1])
    )


def _highest(content: Columns, paper: Paper, top: float, height: int) -> SafeString:
    """The figure above the highest column."""
    count = len(content.spans)
    sums = [sum(s.values[i] for s in content.series) for i in range(count)]
    if not sums or not max(sums):
        return SafeString("")
    i = sums.index(max(sums))
    y = height - (height - HEAD) * sums[i] / top - 5
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        paper.x((i + 0.5) / count),
        number(y),
        figure(sums[i]),
    )


def line(content: Line, paper: Paper, height: int = TALL) -> SafeString:
    """The drawing of one line, as high as that of columns."""
    series, count = content.series, len(content.spans)
    most = max(series.values, default=0)
    values = steps(most, whole=not content.share)
    top = values[-1] or 1
    last = count - 1
    y = _down(series.values, top, height)
    end = format_html(
        '<circle {} cx="{}" cy="{}" r="4.5"/>'
        '<text x="{}" y="{}" dy="-10" text-anchor="end">{}</text>',
        paper.ink("pt"),
        paper.x((last + 0.5) / count),
        number(y[last]),
        paper.x((last + 0.9) / count),
        number(y[last]),
        percent(series.values[last]) if content.share else figure(series.values[last]),
    )
    shapes = curve(series, paper, top, height, head=HEAD)
    return format_html(
        "{}{}{}{}",
        scale(paper, values, height, share=content.share),
        inner(shapes, count, height),
        end,
        names(paper, content.spans, height),
    )


def curve(series: Series, paper: Paper, top: float, height: int, *, head: int = 0) -> SafeString:
    """The band, if any, and the line, in units of the inner drawing."""
    count = len(series.values)
    across = [paper.place(i, count) + UNIT / 2 for i in range(count)]
    line = _path(across, _down(series.values, top, height, head))
    if count == 1:  # a point is no line: it is drawn as a short one
        line = f"M{number(across[0] - 2)} {line.split(' ')[1]}h4"
    band = ""
    if series.low and series.high:
        upper = _path(across, _down(series.high, top, height, head))
        lower = _path(across[::-1], _down(series.low[::-1], top, height, head))
        band = (
            f"{upper}L{lower[1:]}z" if count > 1 else _whisker(series, across[0], top, height, head)
        )
    return format_html_join(
        "",
        '<path {} d="{}" vector-effect="non-scaling-stroke"/>',
        [(paper.ink("band"), band)] * bool(band) + [(paper.ink("ln"), line)],
    )


def _whisker(series: Series, x: float, top: float, height: int, head: int) -> str:
    high, low = (_down((side[0],), top, height, head)[0] for side in (series.high, series.low))
    return bar(x - 2, high, 4, max(0, low - high))


def _path(across: Sequence[float], down: Sequence[float]) -> str:
    points = [f"{number(x)} {number(y)}" for x, y in zip(across, down, strict=True)]
    return "M" + "L".join(points)


def _down(values: Sequence[float], top: float, height: int, head: int = HEAD) -> list[float]:
    return [height - (height - head) * min(1.0, value / top) for value in values]


def tall(height: int = TALL) -> int:
    """Pixels of a whole drawing."""
    return height + FOOT
