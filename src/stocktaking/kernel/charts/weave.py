"""One entry, or a set of them, on the grid.

Column terms run down in their colour, row terms run across, crossings in ink. In right-to-left
pages the style sheet mirrors the picture, as the whole grid is mirrored there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import INK, MARGIN, PITCH, Shape, framed, lit, number
from stocktaking.kernel.charts.heat import FEW, SQUARES, Scale

Position = tuple[int, int]
MANY = 10


@dataclass(frozen=True)
class Thread:
    """A column of the weave, from 0, with the class that carries its colour."""

    column: int
    css: str = ""


def weave(
    rows: Iterable[int],
    threads: Iterable[Thread],
    shape: Shape,
    *,
    label: str = "",
    big: bool = False,
) -> SafeString:
    """The weave of one entry; hidden from assistive tools without ``label``."""
    across, down = sorted(set(rows)), sorted(set(threads), key=lambda thread: thread.column)
    return picture(
        format_html("{}{}{}", _warp(down, shape), _weft(across, shape), _knots(across, down)),
        shape,
        label=label,
        css="sig big" if big else "sig",
    )


def heat_grid(
    counts: Mapping[Position, int],
    shape: Shape,
    *,
    gaps: Iterable[Position] = (),
    scale: Scale | None = None,
    label: str = "",
    side: int = 108,
) -> SafeString:
    """Where a set of entries stands, as a small picture; ``gaps`` get a red frame."""
    scale = scale or (FEW if max(counts.values(), default=0) < MANY else SQUARES)
    steps: dict[int, list[Position]] = {}
    for position, count in counts.items():
        if step := scale.step(count):
            steps.setdefault(step, []).append(position)
    hollow = list(gaps)
    empty = [
        (row, column)
        for row in range(shape.rows)
        for column in range(shape.columns)
        if not scale.step(counts.get((row, column), 0)) and (row, column) not in hollow
    ]
    layers = [(0, empty), *sorted(steps.items())]
    drawn = format_html_join(
        "", '<path class="f{}" d="{}"/>', ((step, lit(places)) for step, places in layers if places)
    )
    rims = format_html('<path class="fg" d="{}"/>', framed(hollow)) if hollow else ""
    inner = format_html("{}{}", drawn, rims)
    return picture(inner, shape, label=label, css="sig heat", side=side)


def picture(
    inner: SafeString, shape: Shape, *, label: str = "", css: str = "sig", side: int = 54
) -> SafeString:
    """An SVG in the shape of the grid."""
    width, height = shape.pixels(side)
    name = format_html('role="img" aria-label="{}"', label) if label else _HIDDEN
    return format_html(
        '<svg class="{}" viewBox="{}" width="{}" height="{}" {}>{}</svg>',
        css,
        shape.view_box,
        str(width),
        str(height),
        name,
        inner,
    )


_HIDDEN = format_html("{}", SafeString('aria-hidden="true"'))


def _warp(threads: list[Thread], shape: Shape) -> SafeString:
    return format_html_join(
        "",
        '<path class="{}" d="M{} 0h{}v{}h-{}z"/>',
        (
            (
                f"w {thread.css}".strip(),
                number(PITCH * thread.column + MARGIN),
                number(INK),
                str(shape.height),
                number(INK),
            )
            for thread in threads
        ),
    )


def _weft(rows: list[int], shape: Shape) -> SafeString:
    if not rows:
        return SafeString("")
    path = "".join(
        f"M0 {number(PITCH * row + MARGIN)}h{shape.width}v2.4h-{shape.width}z" for row in rows
    )
    return format_html('<path class="weft" d="{}"/>', path)


def _knots(rows: list[int], threads: list[Thread]) -> SafeString:
    if not rows or not threads:
        return SafeString("")
    crossings = ((row, thread.column) for row in rows for thread in threads)
    return format_html('<path class="knot" d="{}"/>', lit(crossings))
