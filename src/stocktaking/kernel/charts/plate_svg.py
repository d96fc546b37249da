"""The plate as a file: one SVG that stands alone, with its words and its colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.plate import Head, Plate, Square

# light values of the heat tokens and the ink that is readable on each
HEAT = ("#f4f6f8", "#d9e8f5", "#b2d3e9", "#7ebadb", "#539fce", "#105ba4", "#08326e")
HEAT_INK = ("#4b5966", "#14202b", "#14202b", "#14202b", "#0c151d", "#ffffff", "#ffffff")
INK, MUTED, RED, PAPER, EDGE = "#14202b", "#4b5966", "#b3261e", "#ffffff", "#6b7884"
CORNER = 8  # of a square that the reference links
WIDE, HIGH, GAP, HEAD, TOP = 34, 28, 2, 44, 64
LETTER, BOLD = 7.2, 11.5  # about as wide as a letter gets, in text and in the title
FONTS = "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC, Segoe UI, sans-serif"


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
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'font-family="{fonts}" font-size="13" direction="{direction}" role="img">'
        '<title>{title}</title><rect width="{w}" height="{h}" fill="{paper}"/>'
        '<text x="{x}" y="28" font-size="20" font-weight="600" fill="{ink}">{title}</text>'
        '{columns}{rows}<text x="{x}" y="{foot}" font-size="12" fill="{muted}">{note}</text></svg>',
        w=number(frame.width),
        h=number(frame.height),
        fonts=FONTS,
        direction="rtl" if rtl else "ltr",
        title=title,
        paper=PAPER,
        x=frame.x(8),
        ink=INK,
        columns=_columns(content, colours, frame),
        rows=format_html_join("", "{}", ((_row(content, i, frame),) for i in _range(content))),
        foot=number(frame.height - 14),
        muted=MUTED,
        note=note,
    )


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
