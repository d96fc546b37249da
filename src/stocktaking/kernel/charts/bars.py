"""A bar chart is a table with the bar in the cell: it sorts, prints, mirrors and is read out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.numbers import figure


@dataclass(frozen=True)
class Bar:
    """One row; ``text`` replaces the figure where it is not a plain count."""

    name: str
    value: float
    url: str = ""
    code: str = ""
    text: str = ""


def bar_table(
    rows: Sequence[Bar],
    caption: str,
    *,
    rtl: bool = False,
    most: float = 0,
    heads: tuple[str, str] | None = None,
) -> SafeString:
    """Bars from a zero baseline at the start side; ``most`` is the value of a full bar."""
    full = most or max((row.value for row in rows), default=0) or 1
    head = (
        format_html(
            '<thead><tr><th scope="col">{}</th><td></td><th scope="col">{}</th></tr></thead>',
            *heads,
        )
        if heads
        else ""
    )
    return format_html(
        '<table class="bars"><caption class="hide">{}</caption>{}<tbody>{}</tbody></table>',
        caption,
        head,
        format_html_join("", "{}", ((_row(row, full, rtl),) for row in rows)),
    )


def bar(value: float, full: float, *, rtl: bool = False) -> SafeString:
    """One bar alone, for a table that has its own rows; the figure stands beside it."""
    width = min(100.0, 100 * value / full) if full else 0
    return format_html(
        '<svg class="b" aria-hidden="true"><rect{} width="{}%" height="100%"/></svg>',
        format_html(' x="{}%"', number(100 - width)) if rtl else "",
        number(width),
    )


def _row(row: Bar, full: float, rtl: bool) -> SafeString:
    width = min(100.0, 100 * row.value / full)
    named = format_html('<span class="muted">{}</span> {}', row.code, row.name)
    name = named if row.code else format_html("{}", row.name)
    return format_html(
        '<tr><th scope="row">{}</th>'
        '<td><svg aria-hidden="true"><rect{} width="{}%" height="100%"/></svg></td>'
        "<td>{}</td></tr>",
        format_html('<a href="{}">{}</a>', row.url, name) if row.url else name,
        format_html(' x="{}%"', number(100 - width)) if rtl else "",
        number(width),
        row.text or figure(row.value),
    )
