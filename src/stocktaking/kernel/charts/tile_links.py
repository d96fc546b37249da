"""The world as squares that can be followed: code and figure in each, the darker the more.

The same squares stand alone as a file, with their words and their colours. Never mirrored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.heat import COUNTRIES, Scale
from stocktaking.kernel.charts.key import ranges
from stocktaking.kernel.charts.standalone import HEAT, HEAT_INK, MUTED, heading, standalone
from stocktaking.kernel.charts.tile_map import SIDE, tiles

PIXELS = 3.4  # of the file, for one unit of the map
TOP, FOOT, KEY = 60, 40, 40
LETTER, BOLD = 6.6, 11.5  # about as wide as a letter gets, in text and in the title


@dataclass(frozen=True)
class Tile:
    """One square. ``label`` begins with the count; ``chosen`` ones are framed."""

    code: str
    text: str
    label: str
    url: str
    step: int = 0
    chosen: bool = False


def linked_map(groups: Sequence[tuple[str, Sequence[Tile]]], *, label: str) -> SafeString:
    """Tiles by named groups (regions), in which a keyboard goes from north to south.

    Codes without a square are left out: the page lists them.
    """
    width, height = size()
    return format_html(
        '<svg class="map tiles" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        str(width),
        str(height),
        label,
        format_html_join("", "{}", ((_group(name, held),) for name, held in groups)),
    )


def size() -> tuple[int, int]:
    """Width and height of the map in its own units."""
    placed = tiles().values()
    return (max(c for c, _ in placed) + 1) * SIDE, (max(r for _, r in placed) + 1) * SIDE


def in_reading_order(held: Sequence[Tile]) -> list[Tile]:
    """From north to south, from west to east; those without a square are left out."""
    known = [tile for tile in held if tile.code in tiles()]
    return sorted(known, key=lambda tile: tiles()[tile.code][::-1])


def _group(name: str, held: Sequence[Tile]) -> SafeString:
    drawn = format_html_join("", "{}", ((_tile(tile),) for tile in in_reading_order(held)))
    if not name:
        return drawn
    return format_html('<g role="group" aria-label="{}">{}</g>', name, drawn)


def _tile(tile: Tile) -> SafeString:
    """Drawn at its own corner, so that all tiles are alike but for their words."""
    column, row = tiles()[tile.code]
    return format_html(
        '<a href="{}" aria-label="{}" class="t{}{}" transform="translate({} {})">'
        '<title>{}</title><path class="f{}" d="M.5.5h9v9h-9z"/>'
        '<text x="5" y="4.3">{}</text>{}</a>',
        tile.url,
        tile.label,
        str(tile.step),
        " on" if tile.chosen else "",
        str(column * SIDE),
        str(row * SIDE),
        tile.label,
        str(tile.step),
        tile.code,
        format_html('<text x="5" y="8.4">{}</text>', tile.text) if tile.text else "",
    )


def tile_svg(
    texts: Mapping[str, str],
    steps: Mapping[str, int],
    *,
    title: str,
    note: str,
    key: str,
    scale: Scale = COUNTRIES,
    rtl: bool = False,
) -> SafeString:
    """The map as a file. ``texts`` and ``steps`` by code; ``note`` says source, date and basis."""
    units, high = size()
    wide = max(units * PIXELS + 32, BOLD * len(title) + 32, LETTER * len(note) + 32)
    height = TOP + high * PIXELS + KEY + FOOT
    anchor = number(wide - 16 if rtl else 16)
    drawn = format_html(
        '{}<g direction="ltr">{}{}</g><text x="{}" y="{}" fill="{}">{}</text>',
        heading(title, anchor, 32),
        format_html_join("", "{}", ((_drawn(code, texts, steps),) for code in sorted(tiles()))),
        file_key(key, scale, TOP + high * PIXELS + 24),
        anchor,
        number(height - 16),
        MUTED,
        note,
    )
    return standalone(drawn, wide=wide, high=height, title=title, told=note, size=12, rtl=rtl)


def _drawn(code: str, texts: Mapping[str, str], steps: Mapping[str, int]) -> SafeString:
    column, row = tiles()[code]
    x, y, side = 16 + column * SIDE * PIXELS, TOP + row * SIDE * PIXELS, SIDE * PIXELS - 3
    step = steps.get(code, 0)
    middle = number(x + side / 2)
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<g fill="{}" text-anchor="middle"><text x="{}" y="{}">{}</text>'
        '<text x="{}" y="{}">{}</text></g>',
        number(x),
        number(y),
        number(side),
        number(side),
        HEAT[step],
        HEAT_INK[step],
        middle,
        number(y + 13),
        code,
        middle,
        number(y + 26),
        texts.get(code, ""),
    )


def file_key(title: str, scale: Scale, y: float) -> SafeString:
    """What the steps of heat mean, for a file that stands alone."""
    start = 16 + LETTER * len(title) + 16
    parts, x = [], start
    for step, text in enumerate(ranges(scale), start=1):
        parts.append((number(x), number(y - 11), HEAT[step], number(x + 20), number(y), text))
        x += 20 + LETTER * len(text) + 18
    return format_html(
        '<g fill="{}"><text x="16" y="{}">{}</text>{}</g>',
        MUTED,
        number(y),
        title,
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="14" height="14" fill="{}"/><text x="{}" y="{}">{}</text>',
            parts,
        ),
    )
