"""What templates of every app may draw and say. Loaded by ``{% load stocktaking %}``.

The tags know shapes, not subjects: the grid is the ``grid`` of the page's context (rows and
columns with terms in order), terms are whatever has ``code``, ``css`` and a label.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stocktaking.kernel import charts, languages
from stocktaking.kernel.assets import asset as asset_address
from stocktaking.kernel.charts import heat
from stocktaking.kernel.periods import PartialDate

register = template.Library()


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with a mark of its content."""
    return asset_address(path)


@register.simple_tag
def mark() -> SafeString:
    """The sign of the register."""
    return charts.mark()


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> SafeString:
    """Canonical address of the page and its versions in the other languages.

    ``canonical`` is the address without host, ``/<language>/`` first.
    """
    base, path = context["base_url"], context["canonical"]
    _lead, _code, rest = path.split("/", 2)
    links = [(f"{base}/{code}/{rest}", code) for code in languages.CODES]
    return format_html(
        '<link rel="canonical" href="{}{}">\n{}',
        base,
        path,
        format_html_join(
            "\n",
            '<link rel="alternate" href="{}" hreflang="{}">',
            [*links, (f"{base}/{languages.DEFAULT}/{rest}", "x-default")],
        ),
    )


@register.simple_tag(takes_context=True)
def weave(context: Context, card: Any, label: str = "", big: bool = False) -> SafeString:
    """The weave of an entry: ``card`` has ``of(scheme)``, which yields marks with a ``term``."""
    grid = context.get("grid")
    if not grid:
        return SafeString("")
    rows = [mark.term.position for mark in card.of(grid.rows.slug)]
    threads = [
        charts.Thread(mark.term.position, mark.term.css) for mark in card.of(grid.columns.slug)
    ]
    return charts.weave(rows, threads, shape_of(grid), label=label, big=big)


@register.simple_tag(takes_context=True)
def term_tag(
    context: Context, mark: Any, named: bool = False, link: bool = True, current: str = ""
) -> SafeString:
    """A term as a tag: its number on its colour, or code and name with a solid or dashed border.

    ``mark`` is a term, or a mark with ``term`` and ``confirmed``. ``named`` writes the name of a
    coloured term too. The tag leads to the entries that carry the term.
    """
    term, confirmed = getattr(mark, "term", mark), getattr(mark, "confirmed", True)
    explore = context.get("explore_url", "") if link else ""
    url = f"{explore}?{urlencode({term.scheme: term.code})}" if explore else ""
    if term.colour:
        name = format_html("{}" if named else '<span class="hide">{}</span>', term.short_label())
        css = f"goal {term.css}" if confirmed else f"goal maybe {term.css}"
        inner = format_html("<b>{}</b>{}", term.code, name)
    else:
        css, inner = "line" if confirmed else "line maybe", _coded(term)
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', css, url, inner)
    return format_html('<span class="{}">{}</span>', css, inner)


def _coded(term: Any) -> SafeString:
    code = term.group_code
    if "_" in code or not any(letter.isdigit() for letter in code):  # a word, as the name
        return format_html("{}", term.short_label())
    return format_html("<b>{}</b> {}", code, term.short_label())


@register.simple_tag
def tile_map(
    counts: Mapping[str, int], label: str = "", scale: heat.Scale = heat.COUNTRIES
) -> SafeString:
    """The world as squares, by two-letter country code."""
    label = label or _("World as squares, darker where more entries are")
    return charts.tile_map(counts, label=label, scale=scale)


@register.simple_tag
def country_tiles(codes: Sequence[str], label: str) -> SafeString:
    """The world with some countries lit."""
    lit = dict.fromkeys(codes, int(heat.COUNTRIES.thresholds[-2]))
    return charts.tile_map(lit, label=label)


@register.simple_tag
def map_key(title: str = "", scale: heat.Scale = heat.COUNTRIES) -> SafeString:
    return charts.key(title or _("Entries that name the country"), scale)


@register.simple_tag
def square_key(
    scale: heat.Scale = heat.SQUARES, gap: bool = True, linked: bool = False
) -> SafeString:
    """The legend of a plate."""
    title = _("Share of the entries") if scale.share else _("Entries in a square")
    return charts.key(
        title,
        scale,
        gap=_("In the reference matrix, still without an entry") if gap else "",
        linked=_("In the reference matrix") if linked else "",
    )


@register.simple_tag
def bars(
    rows: Sequence[charts.Bar], caption: str = "", name: str = "", figures: str = ""
) -> SafeString:
    """Bars as a table; they grow from the start side."""
    return charts.bar_table(
        rows,
        caption,
        rtl=languages.current().rtl,
        heads=(name, figures) if name else None,
    )


@register.simple_tag(takes_context=True)
def art(
    context: Context,
    label: str,
    squares: Iterable[tuple[int, int]] = (),
    hollow: Iterable[tuple[int, int]] = (),
) -> SafeString:
    """A large grid in the shape of the site's, some squares inked, some framed in red."""
    grid = context.get("grid")
    shape = shape_of(grid) if grid else charts.Shape(16, 16)
    return charts.art(shape, label=label, squares=squares, hollow=hollow)


@register.simple_tag
def plate(content: charts.Plate) -> SafeString:
    """The grid as a table."""
    return charts.plate(content)


@register.simple_tag(takes_context=True)
def heat_grid(
    context: Context, counts: Mapping[tuple[str, str], int], label: str = ""
) -> SafeString:
    """Where entries stand on the grid; ``counts`` by codes of row and column."""
    grid = context.get("grid")
    if not grid:
        return SafeString("")
    places = {}
    for (row, column), count in counts.items():
        first, second = grid.rows.get(row), grid.columns.get(column)
        if first and second:
            places[first.position, second.position] = count
    return charts.heat_grid(places, shape_of(grid), label=label)


def shape_of(grid: Any) -> charts.Shape:
    """Rows and columns of a grid."""
    return charts.Shape(len(grid.rows.assignable), len(grid.columns.assignable))


@register.filter
def figure(value: float | None) -> str:
    """A number as the page's language writes it."""
    return "" if value is None else charts.figure(value)


@register.filter
def percent(share: float | None) -> str:
    """A share of 1 in per cent."""
    return "" if share is None else charts.percent(share)


@register.filter
def when(value: Any) -> SafeString | str:
    """A date, a moment or a PartialDate, no more precise than it is known."""
    if value is None or value == "":
        return ""
    if isinstance(value, PartialDate):
        form = {"year": "Y", "month": "YEAR_MONTH_FORMAT", "day": _day_format()}[value.precision]
        return _time(str(value), formats.date_format(value.date, form))
    if isinstance(value, dt.datetime):
        shown = f"{formats.date_format(value, _day_format())}, {value:%H:%M} UTC"
        return _time(value.isoformat(timespec="minutes"), shown)
    return _time(value.isoformat(), formats.date_format(value, _day_format()))


def _day_format() -> str:
    # Django's English is American; the register writes day, month, year
    return "j F Y" if languages.current().code == "en" else "DATE_FORMAT"


def _time(machine: str, shown: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, shown)


@register.filter
def foreign(language: str) -> SafeString:
    """``lang`` and ``dir`` attributes for a text in another language than the page; else nothing.

    ``<p {{ said.language|foreign }}>``
    """
    if not language or language == languages.current().code:
        return SafeString("")
    return format_html('lang="{}" dir="{}"', language, languages.direction_of(language))


@register.filter
def language_name(code: str) -> str:
    """A language by its own name, or its code where the interface does not speak it."""
    known = languages.BY_CODE.get(code)
    return known.name if known else code
