"""The plate: the grid as a real table, the count in each square."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Head:
    """A row or a column. ``first`` sets it apart from the group before it."""

    code: str
    name: str
    url: str = ""
    css: str = ""
    first: bool = False


@dataclass(frozen=True)
class Square:
    """What stands in one square; ``label`` begins with the count."""

    text: str = ""
    label: str = ""
    url: str = ""
    step: int = 0
    linked: bool = False
    gap: bool = False


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
    css = " ".join(filter(None, (head.css, "first" if head.first else "")))
    named = format_html('{}<span class="n">{}</span>', head.code, head.name)
    link = format_html('<a href="{}">{}</a>', head.url, named) if head.url else named
    return format_html('<th scope="col"{}>{}</th>', _class(css), link)


def _row(content: Plate, index: int) -> SafeString:
    head = content.rows[index]
    named = format_html('<span class="c">{}</span><span class="n">{}</span>', head.code, head.name)
    link = format_html('<a href="{}">{}</a>', head.url, named) if head.url else named
    total = content.row_totals[index] if content.row_totals else None
    return format_html(
        '<tr{}><th scope="row">{}</th>{}{}</tr>',
        _class("first" if head.first else ""),
        link,
        format_html_join("", "{}", ((_square(square),) for square in content.squares[index])),
        format_html('<td class="tot">{}</td>', total) if total is not None else "",
    )


def _square(square: Square) -> SafeString:
    css = "gap" if square.gap else f"h{square.step}" if square.step else ""
    css = " ".join(filter(None, (css, "ref" if square.linked and not square.gap else "")))
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
