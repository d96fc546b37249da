"""A small picture of an entry or a list for other sites: one SVG that stands alone.

It is plain: no script, no style sheet, no address of anything else.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import INK as INKED
from stocktaking.kernel.charts.geometry import MARGIN, PITCH, Shape, lit, number
from stocktaking.kernel.charts.standalone import FONTS, HEAT, INK, MUTED, PAPER
from stocktaking.kernel.charts.weave import Position

WIDE, HIGH, PAD, SIDE = 480, 124, 14, 96  # pixels
LINE = 36  # Latin letters of a line of the title; wide ones count twice
LINES = 2
SOFT, EDGE, RIM, BLUE = "#f4f6f8", "#a3adb6", "#d3dae1", "#0b4f8a"


def badge_svg(
    *,
    over: str,
    title: str,
    under: str,
    picture: SafeString,
    shape: Shape,
    rtl: bool = False,
) -> SafeString:
    """``picture`` is what ``woven`` or ``heated`` drew in this ``shape``, or nothing."""
    drawn = bool(picture) and shape.rows > 0 and shape.columns > 0
    across, down = shape.pixels(SIDE) if drawn else (0, 0)
    start = WIDE - PAD if rtl else PAD
    lines = wrapped(title)
    rows = [
        (24, 12, "400", MUTED, over),
        *((50 + 24 * place, 18, "600", INK, line) for place, line in enumerate(lines)),
        (HIGH - 14, 12, "400", MUTED, under),
    ]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        ' role="img" direction="{direction}" font-family="{fonts}"><title>{title}</title>'
        '<rect x=".5" y=".5" width="{iw}" height="{ih}" fill="{paper}" stroke="{rim}"/>'
        '{texts}<svg x="{x}" y="{pad}" width="{across}" height="{down}" viewBox="{box}">{turned}'
        "</svg></svg>",
        w=str(WIDE),
        h=str(HIGH),
        iw=str(WIDE - 1),
        ih=str(HIGH - 1),
        direction="rtl" if rtl else "ltr",
        fonts=FONTS,
        title=title,
        paper=PAPER,
        rim=RIM,
        texts=format_html_join(
            "",
            '<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>',
            ((str(start), str(y), str(size), *rest) for y, size, *rest in rows if rest[-1]),
        ),
        x=str(PAD if rtl else WIDE - PAD - across),
        pad=str(PAD),
        across=str(across),
        down=str(down),
        box=shape.view_box if drawn else "0 0 1 1",
        turned=format_html(
            '<g transform="translate({} 0) scale(-1 1)">{}</g>', str(shape.width), picture
        )
        if rtl
        else picture,
    )


def woven(rows: Sequence[int], threads: Sequence[tuple[int, str]], shape: Shape) -> SafeString:
    """The weave of an entry; threads are columns with their colours."""
    ground = format_html(
        '<rect width="{}" height="{}" fill="{}"/>', str(shape.width), str(shape.height), SOFT
    )
    down = format_html_join(
        "",
        '<rect x="{}" width="{}" height="{}" fill="{}"/>',
        (
            (number(PITCH * column + MARGIN), number(INKED), str(shape.height), colour or BLUE)
            for column, colour in threads
        ),
    )
    across = format_html_join(
        "",
        '<rect y="{}" width="{}" height="{}" fill="{}"/>',
        ((number(PITCH * row + MARGIN), str(shape.width), number(INKED), EDGE) for row in rows),
    )
    knots = lit((row, column) for row in rows for column, _colour in threads)
    return format_html('{}{}{}<path d="{}" fill="{}"/>', ground, down, across, knots, INK)


def heated(steps: Mapping[Position, int], shape: Shape) -> SafeString:
    """Where a list stands: steps of the heat by square."""
    by_step: dict[int, list[Position]] = {}
    for row in range(shape.rows):
        for column in range(shape.columns):
            by_step.setdefault(steps.get((row, column), 0), []).append((row, column))
    return format_html_join(
        "",
        '<path d="{}" fill="{}"/>',
        ((lit(squares), HEAT[step]) for step, squares in sorted(by_step.items())),
    )


def wrapped(text: str, most: int = LINE, lines: int = LINES) -> list[str]:
    """The text in a few lines, cut with an ellipsis where it does not fit."""
    found, line, room = [], "", most
    for word in _pieces(" ".join(text.split()), most):
        if _size(word) > room and line:
            found.append(line.rstrip())
            line, room = "", most
            word = word.lstrip()
        line += word
        room -= _size(word)
    found.append(line.rstrip())
    if len(found) > lines:
        return [*found[: lines - 1], f"{found[lines - 1].rstrip('.,;: ')}…"]
    return [one for one in found if one]


def _pieces(text: str, most: int) -> list[str]:
    """Where a line may end: at spaces, between wide letters, and in words longer than a line."""
    found: list[str] = []
    for letter in text:
        fresh = not found or letter == " " or _size(letter) > 1 or _size(found[-1][-1]) > 1
        if fresh or _size(found[-1].lstrip()) >= most:
            found.append(letter)
        else:
            found[-1] += letter
    return found


def _size(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
