"""Words and boxes in files that stand alone: placed from the start side, wrapped by their width."""

import unicodedata
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import Paper
from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.standalone import INK

ROOM = 912  # pixels across, between the edges of a sheet
Piece = tuple[SafeString, float]  # drawn, and how many pixels it takes


def together(pieces: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Lines that fit, by the usual width of letters; Chinese may be broken anywhere."""
    lines, now, used = [], "", 0.0
    for word in _breakable(text):
        width = sum(width_of(letter) for letter in word) * size
        if now and used + width > room:
            lines.append(now.strip())
            now, used = "", 0.0
            word = word.lstrip()
        now, used = now + word, used + width
    return [*lines, now.strip()] if now.strip() else lines


def _breakable(text: str) -> list[str]:
    words: list[str] = []
    for letter in text:
        wide = unicodedata.east_asian_width(letter) in "WF"
        if letter == " " or wide or not words:
            words.append(letter)
        else:
            words[-1] += letter
    return words


def width_of(letter: str) -> float:
    """In parts of the size of the letters."""
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.54


def text(
    paper: Paper,
    x: float,
    y: float,
    words: str,
    ink: str = INK,
    *,
    size: float = 13,
    bold: bool = False,
    anchor: str = "start",
) -> SafeString:
    """Words at a place counted from the start side."""
    return format_html(
        '<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}">{}</text>',
        number(ROOM - x if paper.rtl else x),
        number(y),
        number(size),
        "600" if bold else "400",
        ink,
        anchor,
        words,
    )


def box(paper: Paper, x: float, y: float, width: float, height: float, look: str) -> SafeString:
    """A rectangle; ``look`` are its attributes, of our own making."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" {}/>',
        number(ROOM - x - width if paper.rtl else x),
        number(y),
        number(width),
        number(height),
        SafeString(look),
    )
