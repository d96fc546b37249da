"""The plate as a file: one SVG that stands alone, with its words and its colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.plate import Head, Plate, Square
from stocktaking.kernel.charts.standalone import (
    EDGE,
    HEAT,
    HEAT_INK,
    INK,
    MUTED,
    PAPER,
    RED,
    heading,
    standalone,
)

CORNER = 8  # of a square that the reference links
WIDE, HIGH, GAP, HEAD, TOP = 34, 28, 2, 44, 64
LETTER, BOLD = 7.2, 11.5  # about as wide as a letter gets, in text and in the title


@dataclass(frozen=True)
class _Frame:
    """Where things are; in right-to-left the plate begins at the right."""

    names: float
    head: float
    width: float
    height: float
    rtl: bool

    def x(self, start: float, size: float = 0) -> str:
        return number(self.width - start - size if self.rtl else start)


def plate_svg(
    content: Plate, *, title: str, note: str, colours: Sequence[str] = (), rtl: bool = False
) -> SafeString:
    """``colours`` are those of the columns, empty where a column has none."""
    names = max((len(head.name) for head in content.rows), default=0) * LETTER + 48
    tall = max((len(_told(head)) for head in content.columns if head.tall), default=0)
    over = max(HEAD, tall * LETTER + 20)
    wide = names + len(content.columns) * WIDE + 8
    width = max(wide, BOLD * len(title) + 16, LETTER * len(note) + 16)
    frame = _Frame(names, over, width, TOP + over + len(content.rows) * HIGH + 40, rtl)
    drawn = format_html(
        '{}{}{}<text x="{}" y="{}" font-size="12" fill="{}">{}</text>',
        heading(title, frame.x(8), 28),
        _columns(content, colours, frame),
        format_html_join("", "{}", ((_row(content, i, frame),) for i in _range(content))),
        frame.x(8),
        number(frame.height - 14),
        MUTED,
        note,
    )
    return standalone(drawn, wide=frame.width, high=frame.height, title=title, told=note, rtl=rtl)


def _range(content: Plate) -> range:
    return range(len(content.rows))


def _columns(content: Plate, colours: Sequence[str], frame: _Frame) -> SafeString:
    padded = [*colours, *[""] * len(content.columns)]
    return format_html_join(
        "",
        '{}<rect x="{}" y="{}" width="{}" height="4" fill="{}"/>',
        (
            (
                _column(head, index, frame),
                frame.x(_start(frame, index), WIDE - GAP),
                number(TOP + frame.head - 10),
                str(WIDE - GAP),
                padded[index] or MUTED,
            )
            for index, head in enumerate(content.columns)
        ),
    )


def _column(head: Head, index: int, frame: _Frame) -> SafeString:
    """A code above its column; a name that is written upwards begins right above it."""
    middle = frame.x(_start(frame, index) + (WIDE - GAP) / 2)
    if not head.tall:
        return format_html(
            '<text x="{}" y="{}" text-anchor="middle" font-weight="600" fill="{}">{}</text>',
            middle,
            number(TOP + frame.head - 24),
            INK,
            head.code,
        )
    base = number(TOP + frame.head - 16)
    return format_html(
        '<text transform="translate({} {}) rotate(-90)" y="5"{} fill="{}">{}</text>',
        middle,
        base,
        SafeString(' text-anchor="end"') if frame.rtl else "",
        INK,
        _told(head),
    )


def _told(head: Head) -> str:
    return f"{head.code} {head.name}" if head.code else head.name


def _row(content: Plate, index: int, frame: _Frame) -> SafeString:
    head, y = content.rows[index], TOP + frame.head + index * HIGH
    return format_html(
        '<text x="{}" y="{}" fill="{}">{}</text><text x="{}" y="{}" fill="{}">{}</text>{}',
        frame.x(8),
        number(y + 18),
        MUTED,
        head.code,
        frame.x(44),
        number(y + 18),
        INK,
        head.name,
        format_html_join(
            "",
            "{}",
            (
                (_square(square, _start(frame, place), y, frame),)
                for place, square in enumerate(content.squares[index])
            ),
        ),
    )


def _square(square: Square, start: float, y: float, frame: _Frame) -> SafeString:
    fill, ink = HEAT[square.step], HEAT_INK[square.step]
    rim = ""
    if square.gap:
        fill, ink, rim = PAPER, RED, format_html(' stroke="{}" stroke-width="2"', RED)
    elif square.low:
        fill, ink, rim = PAPER, INK, format_html(' stroke="{}" stroke-width="2"', EDGE)
    inset = 1 if rim else 0
    drawn = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>',
        frame.x(start + inset, WIDE - GAP - 2 * inset),
        number(y + inset),
        str(WIDE - GAP - 2 * inset),
        str(HIGH - GAP - 2 * inset),
        fill,
        rim,
    )
    if square.linked and not square.gap:
        drawn = format_html('{}<path d="{}" fill="{}"/>', drawn, _corner(start, y, frame), ink)
    if not square.text:
        return drawn
    return format_html(
        '{}<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>',
        drawn,
        frame.x(start + (WIDE - GAP) / 2),
        number(y + 18),
        ink,
        square.text,
    )


def _corner(start: float, y: float, frame: _Frame) -> str:
    """The folded corner, at the end of the line and at the bottom."""
    edge, bottom = float(frame.x(start + WIDE - GAP)), y + HIGH - GAP
    inward = CORNER if frame.rtl else -CORNER
    return f"M{number(edge)} {number(bottom - CORNER)}v{CORNER}h{inward}z"


def _start(frame: _Frame, column: int) -> float:
    return frame.names + column * WIDE
