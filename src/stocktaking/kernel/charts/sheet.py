"""A figure as a file: one SVG with its title, its answer, its source and its own colours."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import Paper
from stocktaking.kernel.charts.figures import Bars, Figure
from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.lettering import ROOM, Piece, text, together, wrapped
from stocktaking.kernel.charts.multiples import Multiples
from stocktaking.kernel.charts.over_time import Columns, Line, columns, line, tall
from stocktaking.kernel.charts.sheet_lists import bars, panels, shades_row, shares, squares
from stocktaking.kernel.charts.stacks import Stacks, Tiles
from stocktaking.kernel.charts.standalone import INK, MUTED, standalone

EDGE = 24
MARGIN = 56  # for the values of hairlines
TITLE, ANSWER, NOTE = 22, 15, 12  # sizes of letters


def as_file(
    content: Figure | None, *, title: str, answer: str, note: str, rtl: bool = False
) -> SafeString:
    """The whole sheet. It is 960 pixels wide and keeps its proportions where it is shown."""
    paper = Paper(rtl, page=False)
    pieces: list[SafeString] = []
    y = 0.0
    for words in wrapped(title, TITLE, ROOM):
        y += TITLE * 1.3
        pieces.append(text(paper, 0, y, words, INK, size=TITLE, bold=True))
    y += 6
    for words in wrapped(answer, ANSWER, ROOM):
        y += ANSWER * 1.4
        pieces.append(text(paper, 0, y, words, MUTED, size=ANSWER))
    y += 20
    if content is not None:
        drawn, height = _body(content, paper)
        pieces.append(format_html('<g transform="translate(0 {})">{}</g>', number(y), drawn))
        y += height + 10
    for words in wrapped(note, NOTE, ROOM):
        y += NOTE * 1.4
        pieces.append(text(paper, 0, y, words, MUTED, size=NOTE))
    drawn = format_html(
        '<svg x="{}" y="{}" width="{}" height="{}" overflow="visible">{}</svg>',
        str(EDGE),
        str(EDGE),
        str(ROOM),
        number(y),
        together(pieces),
    )
    wide, high = ROOM + 2 * EDGE, y + 2 * EDGE
    return standalone(drawn, wide=wide, high=high, title=title, told=answer, rtl=rtl)


def _body(content: Figure, paper: Paper) -> Piece:
    if isinstance(content, Columns | Line):
        return _over_time(content, paper)
    if isinstance(content, Multiples):
        return panels(content, paper)
    if isinstance(content, Stacks):
        return shares(content, paper)
    if isinstance(content, Tiles):
        return squares(content, paper)
    assert isinstance(content, Bars)  # noqa: S101 - the last kind there is
    return bars(content.rows, paper)


def _over_time(content: Columns | Line, paper: Paper) -> Piece:
    drawn = columns(content, paper) if isinstance(content, Columns) else line(content, paper)
    named, taken = SafeString(""), 0.0
    if isinstance(content, Columns) and len(content.series) > 1:
        named, taken = shades_row([series.name for series in content.series], paper)
    body = format_html(
        '{}<svg x="{}" y="{}" width="{}" height="{}" overflow="visible">{}</svg>',
        named,
        str(0 if paper.rtl else MARGIN),
        number(taken),
        str(ROOM - MARGIN),
        str(tall()),
        drawn,
    )
    return body, taken + tall()
