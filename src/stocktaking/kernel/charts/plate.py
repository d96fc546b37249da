"""The plate: the grid as a real table, the count in each square."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Head:
    """A row or a column. ``first`` sets it apart from the group before it.

    ``tall`` writes a column's name upwards, where its code says nothing to a reader.
    """

    code: str
    name: str
    url: str = ""
    css: str = ""
    first: bool = False
    tall: bool = False


@dataclass(frozen=True)
class Square:
    """What stands in one square; ``label`` begins with the count.

    A square is filled by its ``step``; ``low`` outlines one that has less than it is compared
    with, so that more and less are told apart without colour.
    """

    text: str = ""
    label: str = ""
    url: str = ""
    step: int = 0
    linked: bool = False
    gap: bool = False
    low: bool = False


@dataclass(frozen=True)
class Plate:
    """``squares[row][column]``; totals are drawn where they are given."""

    caption: str
    rows: Sequence[Head]
    columns: Sequence[Head]
    squares: Sequence[Sequence[Square]]
    row_totals: Sequence[str] = ()
    column_totals: Sequence[str] = ()
    total_name: str = ""

    @property
    def special(self) -> bool:
        """Whether it needs the style sheet of matrices besides that of every page."""
        tall = any(head.tall for head in self.columns)
        return tall or any(square.low for line in self.squares for square in line)


def plate(content: Plate) -> SafeString:
    """The table. It belongs into ``.plate-box``, whose readout repeats the column's head."""
    total = format_html('<td class="tot">{}</td>', content.total_name)
    return format_html(
        '<table class="plate"><caption class="hide">{}</caption>'
        "<thead><tr><td></td>{}{}</tr></thead><tbody>{}{}</tbody></table>",
        content.caption,
        format_html_join("", "{}", ((_column(head),) for head in content.columns)),
        total if content.row_totals else "",
        format_html_join("", "{}", ((_row(content, i),) for i in range(len(content.rows)))),
        _sums(content) if content.column_totals else "",
    )


def _column(head: Head) -> SafeString:
    marks = (head.css, "first" if head.first else "", "tall" if head.tall else "")
    css = " ".join(filter(None, marks))
    code = format_html("{} ", head.code) if head.code else ""
    named = (
        format_html('<span class="v">{}{}</span>', code, head.name)
        if head.tall
        else format_html('{}<span class="n">{}</span>', head.code, head.name)
    )
    return format_html('<th scope="col"{}>{}</th>', _class(css), _linked(head, named))


def _row(content: Plate, index: int) -> SafeString:
    head = content.rows[index]
    named = format_html('<span class="c">{}</span><span class="n">{}</span>', head.code, head.name)
    total = content.row_totals[index] if content.row_totals else None
    return format_html(
        '<tr{}><th scope="row">{}</th>{}{}</tr>',
        _class("first" if head.first else ""),
        _linked(head, named),
        format_html_join("", "{}", ((_square(square),) for square in content.squares[index])),
        format_html('<td class="tot">{}</td>', total) if total is not None else "",
    )


def _linked(head: Head, named: SafeString) -> SafeString:
    if head.url:
        return format_html('<a href="{}">{}</a>', head.url, named)
    return format_html('<span class="a">{}</span>', named)


def _square(square: Square) -> SafeString:
    css = "gap" if square.gap else f"h{square.step}" if square.step else ""
    ref = "ref" if square.linked and not square.gap else ""
    css = " ".join(filter(None, (css, "low" if square.low else "", ref)))
    if square.url:
        inner = format_html(
            '<a href="{}" aria-label="{}">{}</a>', square.url, square.label, square.text
        )
    elif square.text:
        inner = format_html("<i>{}</i>", square.text)
    else:
        inner = format_html("{}", "")
    return format_html("<td{}>{}</td>", _class(css), inner)


def _sums(content: Plate) -> SafeString:
    return format_html(
        '<tr><th scope="row"><span class="c"></span><span class="n">{}</span></th>{}{}</tr>',
        content.total_name,
        format_html_join("", '<td class="tot">{}</td>', ((t,) for t in content.column_totals)),
        format_html("{}", SafeString('<td class="tot"></td>')) if content.row_totals else "",
    )


def _class(css: str) -> SafeString:
    return format_html(' class="{}"', css) if css else SafeString("")
