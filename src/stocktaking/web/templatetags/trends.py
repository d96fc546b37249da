"""Trends as pages show them. Loaded by ``{% load trends %}``."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.insight.queries.trends import Column, Row, Trend
from stocktaking.insight.queries.trends.values import Value
from stocktaking.kernel import charts, languages
from stocktaking.kernel.charts.figures import draw

register = template.Library()
NONE = "–"


@register.simple_tag
def trend_figure(trend: Trend) -> SafeString:
    """The picture of a trend; nothing where there is none."""
    if trend.figure is None:
        return SafeString("")
    return draw(
        trend.figure,
        label=trend.title,
        description=trend.answer,
        rtl=languages.current().rtl,
    )


@register.simple_tag
def trend_table(trend: Trend) -> SafeString:
    """The numbers of a trend; codes stand before names where people use them."""
    columns = [column for column in trend.columns if column.code != "code"]
    return format_html(
        '<table class="grid trend-table"><caption class="hide">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        trend.title,
        format_html_join(
            "", '<th scope="col"{}>{}</th>', ((_side(one), one.title) for one in columns)
        ),
        format_html_join("", "<tr>{}{}</tr>", (_row(trend.columns, row) for row in trend.rows)),
    )


def _row(columns: tuple[Column, ...], row: Row) -> tuple[SafeString, SafeString]:
    pairs = list(zip(columns, row.values, strict=True))
    if pairs[0][0].code == "code":
        pairs.pop(0)
    name = pairs[0][1]
    if row.code:
        name = format_html('<span class="muted">{}</span> {}', row.code, name)
    head = format_html('<a href="{}">{}</a>', row.url, name) if row.url else name
    cells = format_html_join(
        "", "<td{}>{}</td>", ((_side(column), _said(column, value)) for column, value in pairs[1:])
    )
    return format_html('<th scope="row">{}</th>', head), cells


def _side(column: Column) -> SafeString:
    return SafeString("" if column.kind == "text" else ' class="r"')


def _said(column: Column, value: Value) -> str:
    if value is None:
        return NONE
    if column.kind == "points":
        return _points(100 * float(value))
    if column.kind == "share":
        return charts.percent(float(value))
    return charts.figure(float(value)) if column.kind == "count" else str(value)


def _points(value: float) -> str:
    """A difference of two shares, with its sign, as precise as shares are told."""
    digits = 1 if abs(value) < 9.95 else 0
    sign = "+" if round(value, digits) > 0 else "−" if round(value, digits) < 0 else ""
    return f"{sign}{charts.figure(abs(value), digits)}"
