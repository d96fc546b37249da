"""Figures that are lists on a page, drawn for a file: panels, bars, shares, squares."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import PLAIN, STEPS, Paper, inner
from stocktaking.kernel.charts.bars import Bar
from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.lettering import ROOM, Piece, box, text, together, width_of, wrapped
from stocktaking.kernel.charts.multiples import Multiples, Panel, panel_shapes
from stocktaking.kernel.charts.numbers import figure
from stocktaking.kernel.charts.over_time import LOW
from stocktaking.kernel.charts.stacks import HIGH, Stacks, Tile, Tiles, stack
from stocktaking.kernel.charts.standalone import HEAT, HEAT_INK, MUTED, PAPER, RED

ACROSS = 4  # panels beside each other
BETWEEN = 24
LINE = 17
TILE = 30
NAMES, FIGURES = 300, 64  # pixels beside bars


def shades_row(names: Sequence[str], paper: Paper) -> Piece:
    """What the shades of parts mean, in one row or more."""
    at, y, pieces = 0.0, 0.0, []
    for step, name in zip(STEPS, names, strict=False):
        wide = 46 + 13 * sum(width_of(letter) for letter in name)
        if at and at + wide > ROOM:
            at, y = 0.0, y + 22
        pieces.append(box(paper, at, y, 14, 14, PLAIN[f"f{step}"]))
        pieces.append(text(paper, at + 21, y + 12, name, MUTED))
        at += wide
    return together(pieces), y + 30


def panels(content: Multiples, paper: Paper) -> Piece:
    room = (ROOM - BETWEEN * (ACROSS - 1)) / ACROSS
    pieces, y = [], 0.0
    for begin in range(0, len(content.panels), ACROSS):
        row = content.panels[begin : begin + ACROSS]
        heads = [wrapped(f"{p.code} {p.name}".strip(), 13, room - 50)[:3] for p in row]
        head = LINE * max(len(lines) for lines in heads)
        for place, (panel, lines) in enumerate(zip(row, heads, strict=True)):
            x = place * (room + BETWEEN)
            pieces += [text(paper, x, y + 13 + LINE * i, words) for i, words in enumerate(lines)]
            pieces.append(text(paper, x + room, y + 13, panel.text, bold=True, anchor="end"))
            pieces.append(_panel(content, panel, paper, x, y + head + 6, room))
        noted = max(len(_note(panel, room)) for panel in row)
        y += head + LOW + 44 + LINE * noted
    return together(pieces), y


def _panel(
    content: Multiples, panel: Panel, paper: Paper, x: float, y: float, room: float
) -> SafeString:
    """The drawing of one panel with the ends of its time, and what it shows in words."""
    drawn = format_html(
        '<svg x="{}" y="{}" width="{}" height="{h}">{}<line {} x1="0" x2="100%" y1="{b}" '
        'y2="{b}"/></svg>',
        number(ROOM - x - room if paper.rtl else x),
        number(y),
        number(room),
        inner(panel_shapes(content, panel, paper), len(content.spans), LOW),
        paper.ink("ax"),
        h=str(LOW),
        b=str(LOW - 0.5),
    )
    foot = y + LOW + 15
    said = [drawn, text(paper, x, foot, content.spans[0], MUTED, size=11)]
    if len(content.spans) > 1:
        last = content.spans[-1]
        said.append(text(paper, x + room, foot, last, MUTED, size=11, anchor="end"))
    for i, words in enumerate(_note(panel, room), start=1):
        said.append(text(paper, x, foot + LINE * i, words, MUTED, size=12))
    return together(said)


def _note(panel: Panel, room: float) -> list[str]:
    return wrapped(panel.note, 12, room)[:3]


def shares(content: Stacks, paper: Paper) -> Piece:
    named, y = shades_row(content.names, paper)
    pieces = [named]
    for row in content.rows:
        pieces.append(text(paper, 0, y + 14, row.name, bold=True))
        pieces.append(
            format_html(
                '<svg x="0" y="{}" width="{}" height="{}">{}</svg>',
                number(y + 22),
                str(ROOM),
                str(HIGH),
                stack(row, paper),
            )
        )
        y += HIGH + 34
    return together(pieces), y


def squares(content: Tiles, paper: Paper) -> Piece:
    fit = ROOM // TILE
    pieces, y = [], 0.0
    for group in content.groups:
        pieces.append(text(paper, 0, y + 14, group.name, bold=True))
        pieces.append(text(paper, ROOM, y + 14, group.text, anchor="end"))
        y += 24
        for place, tile in enumerate(group.tiles):
            row, column = divmod(place, fit)
            step = content.scale.step(tile.count)
            pieces += _square(tile, step, paper, column * TILE, y + row * TILE)
        y += TILE * -(-len(group.tiles) // fit) + 22
    pieces.append(text(paper, 0, y, content.none, RED))
    return together(pieces), y + 8


def _square(tile: Tile, step: int, paper: Paper, x: float, y: float) -> list[SafeString]:
    look, ink, rim = f'fill="{HEAT[step]}"', HEAT_INK[step], 0
    if not tile.count:
        look, ink, rim = f'fill="{PAPER}" stroke="{RED}" stroke-width="2"', RED, 1
    side = TILE - 3 - 2 * rim
    return [
        box(paper, x + rim, y + rim, side, side, look),
        text(paper, x + (TILE - 3) / 2, y + 18, tile.code, ink, size=12, anchor="middle"),
    ]


def bars(rows: Sequence[Bar], paper: Paper) -> Piece:
    room = ROOM - NAMES - FIGURES
    most = max((bar.value for bar in rows), default=0) or 1
    pieces, y = [], 0.0
    for bar in rows:
        lines = wrapped(f"{bar.code} {bar.name}".strip(), 13, NAMES - 16)[:2]
        pieces += [text(paper, 0, y + 15 + 16 * i, words) for i, words in enumerate(lines)]
        pieces.append(box(paper, NAMES, y + 2, room * bar.value / most, 18, PLAIN["b"]))
        pieces.append(text(paper, ROOM, y + 15, bar.text or figure(bar.value), anchor="end"))
        y += 26 if len(lines) < 2 else 38
    return together(pieces), y
