"""Shares of a whole as bars one under the other, dark to light; and squares, one for each thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import STEPS, Paper
from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.heat import SQUARES, Scale
from stocktaking.kernel.charts.key import key
from stocktaking.kernel.charts.numbers import figure
from stocktaking.kernel.charts.standalone import HEAT_INK

HIGH = 40
LABELLED = 0.06  # of the whole; a smaller part has its figure in the table alone
PARTS = len(STEPS)


@dataclass(frozen=True)
class Stack:
    """One bar: its name, and the shares of 1 of the parts, in their order."""

    name: str
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Stacks:
    """Bars with the same parts, five at most; ``names`` are those of the parts."""

    names: tuple[str, ...]
    rows: tuple[Stack, ...]


@dataclass(frozen=True)
class Tile:
    """One thing as a square; nothing in it is drawn in red, for that is what is missing."""

    code: str
    name: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class TileGroup:
    name: str
    text: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Tiles:
    """Groups of squares, darker where more is; ``counted`` says what of, ``none`` what a red one
    means."""

    groups: tuple[TileGroup, ...]
    none: str
    counted: str = ""
    scale: Scale = SQUARES


def stack(row: Stack, paper: Paper, height: int = HIGH) -> SafeString:
    """One bar from the start side, with the figures that fit."""
    start, shapes = 0.0, []
    for share, step in zip(row.shares, STEPS, strict=False):
        if share <= 0:
            continue
        x = paper.x(start + share if paper.rtl else start)
        shapes.append(
            format_html(
                '<rect {} x="{}" width="{}%" height="{}"/>',
                paper.ink(f"f{step}"),
                x,
                number(100 * share),
                str(height),
            )
        )
        if share >= LABELLED:
            ink = (
                format_html('class="t{}"', step)
                if paper.page
                else format_html('fill="{}"', HEAT_INK[step])
            )
            shapes.append(
                format_html(
                    '<text {} x="{}" y="{}" dy=".35em" text-anchor="middle">{}</text>',
                    ink,
                    paper.x(start + share / 2),
                    number(height / 2),
                    figure(share * 100),
                )
            )
        start += share
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def stacks(content: Stacks, paper: Paper) -> SafeString:
    """Bars with their names above, after what the shades mean."""
    return format_html(
        "{}{}",
        shades(content.names),
        format_html_join(
            "",
            '<p class="stk">{}</p><svg class="fig" height="{}" aria-hidden="true">{}</svg>',
            ((row.name, str(HIGH), stack(row, paper)) for row in content.rows),
        ),
    )


def shades(names: Sequence[str]) -> SafeString:
    """What the shades of parts mean, in their order."""
    return format_html(
        '<p class="key">{}</p>',
        format_html_join(
            "",
            '<span><svg viewBox="0 0 16 16" aria-hidden="true">'
            '<rect width="16" height="16" class="f{}"/></svg>{}</span>',
            zip((str(step) for step in STEPS), names, strict=False),
        ),
    )


def tiles(content: Tiles) -> SafeString:
    """Lists of squares with the code in each; its name and figure are said aloud."""
    drawn = format_html_join(
        "",
        '<div class="tiles"><p class="p-head"><span>{}</span><b>{}</b></p><ul>{}</ul></div>',
        (
            (
                group.name,
                group.text,
                format_html_join("", "{}", ((_tile(tile, content.scale),) for tile in group.tiles)),
            )
            for group in content.groups
        ),
    )
    return format_html("{}{}", drawn, key(content.counted, content.scale, gap=content.none))


def _tile(tile: Tile, scale: Scale) -> SafeString:
    css = f"h{scale.step(tile.count)}" if tile.count else "none"
    said = f"{tile.name}: {figure(tile.count)}"
    if tile.url:
        return format_html(
            '<li class="{}"><a href="{}" aria-label="{}" title="{}">{}</a></li>',
            css,
            tile.url,
            said,
            said,
            tile.code,
        )
    return format_html(
        '<li class="{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="hide">{}</span></li>',
        css,
        said,
        tile.code,
        said,
    )
