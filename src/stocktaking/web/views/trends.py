"""Trends: questions about the register, or about any list of it, with figures to take along."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries.trends import THEMES, Link, Trend, theme, trend
from stocktaking.insight.queries.trends.counted import END, LTR
from stocktaking.insight.queries.trends.values import Pair, Value
from stocktaking.insight.rules.trends.spans import Span
from stocktaking.kernel import languages
from stocktaking.kernel.charts.sheet import as_file
from stocktaking.search.queries import answer
from stocktaking.search.rules.parameters import Asked, default_sort
from stocktaking.web import facets, sheets
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional
from stocktaking.web.chips import chips, narrowed
from stocktaking.web.facets import Filters
from stocktaking.web.sharing import Share, share_of
from stocktaking.web.views.explore import BUILDING, Way, building, spans

FIRST = "growth"
FORMS = ("csv", "svg")
SHORT = 12  # terms; a filter with more is chosen among the filters of the list
SELECTS = 3
THEME_NAMES: dict[str, str | Promise] = {
    "growth": _("Growth"),
    "subjects": _("Subjects"),
    "places": _("Places and people"),
}


@dataclass(frozen=True)
class Shown:
    """A trend on its page, with its files."""

    trend: Trend
    files: list[tuple[str, str]]
    share: Share


@dataclass(frozen=True)
class Select:
    """A filter as a drop-down list: values with names, and the one that is chosen."""

    name: str
    title: str
    options: list[tuple[str, str, bool]]


@allow(Capability.READ)
@require_safe
@conditional
def page(request: HttpRequest, name: str = FIRST) -> HttpResponse:
    """The trends of a theme, for everything that fits the parameters of a list."""
    known = facets.filters(request)
    question = plain(facets.read(request, known))
    found = answer(replace(question.query, size=1))
    if BUILDING in found.problems:
        return building(request)
    base = address_of(name)
    day = arrived_at(request).date()
    made = (
        theme(name, question.query, languages.current().code, day, link=linking(question))
        if found.total
        else []
    )
    context = {
        "section": "trends",
        "theme": THEME_NAMES[name],
        "themes": [
            Way(THEME_NAMES[one], question.address(address_of(one)), one == name) for one in THEMES
        ],
        "question": question,
        "problems": found.problems,
        "total": found.total,
        "shown": [shown(one, question, base) for one in made],
        "chips": chips(question, base, known),
        "words_url": question.saying("").address(base),
        "clear_url": base,
        "list_url": question.address(reverse("explore")),
        "selects": list(selects(question, known)),
        "spans": spans(question),
        "kept": kept(question, known),
        "here_url": base,
        "canonical": question.canonical(base),
        "noindex": len(question.choices) > 1 or bool(question.query.text),
    }
    return render(request, "web/trends/page.html", context)


@allow(Capability.READ)
@require_safe
@conditional
def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One trend as CSV (its numbers) or as SVG (its figure, with question, answer and source)."""
    known = facets.filters(request)
    question = plain(facets.read(request, known))
    if BUILDING in answer(replace(question.query, size=1)).problems:
        return building(request)
    day = arrived_at(request).date()
    found = trend(name, question.query, languages.current().code, day)
    if found is None:
        raise Http404
    stem = f"trend-{name}-{day.isoformat()}"
    if form == "svg":
        return sheets.picture(drawing(found, narrowed(question, known)), stem)
    rows = (tuple(map(bare, one.values)) for one in found.file.rows)
    return sheets.figures([column.code for column in found.file.columns], rows, stem)


def bare(value: Value) -> Value:
    """Without the marks that keep spans of years in their order on a page."""
    return value.strip(f"{LTR}{END}") if isinstance(value, str) else value


def drawing(found: Trend, by: str) -> str:
    """The figure as a file of its own, which says by what its entries were chosen."""
    return as_file(
        found.figure,
        title=found.title,
        answer=found.answer,
        note=" · ".join(filter(None, (by, " ".join(found.source)))),
        rtl=languages.current().rtl,
    )


def plain(question: Asked) -> Asked:
    """The question without what only orders, pages and shows a list."""
    held = replace(question.query, page=1, sort=default_sort(question.query.text))
    return replace(question, query=held, view="list")


def address_of(name: str) -> str:
    """The page of a theme; the first one stands at the head of the others."""
    return reverse("trends") if name == FIRST else reverse("trends_theme", args=[name])


def shown(one: Trend, question: Asked, base: str) -> Shown:
    urls = {form: question.address(reverse("trend_file", args=[one.name, form])) for form in FORMS}
    share = share_of(
        f"{question.address(base)}#{one.name}",
        title=one.title,
        embed=question.address(reverse("embed_trend", args=[one.name])),
        svg=urls["svg"] if one.figure else "",
    )
    drawn = FORMS if one.figure else ("csv",)
    return Shown(one, [(form.upper(), urls[form]) for form in drawn], share)


def linking(question: Asked) -> Link:
    """From the terms and the span of a figure to the list of their entries, within the question.

    Within one filter a list takes any of its values, a figure counts what has both: where the two
    differ there is no such list, and no link.
    """
    base = reverse("explore")

    def link(terms: tuple[Pair, ...], span: Span | None) -> str:
        filters = dict(question.query.filters)
        for name, value in terms:
            if filters.get(name) and value not in filters[name]:
                return ""
            filters[name] = (value,)
        query = replace(question.query, filters=filters)
        if span is not None:
            first = max(span.begins, query.registered_from or 0)
            last = min(span.ends - 1, query.registered_to or span.ends - 1)
            query = replace(query, registered_from=first, registered_to=last)
        return replace(question, query=query, ignored=()).address(base)

    return link


def selects(question: Asked, known: Filters) -> Iterator[Select]:
    """A few short filters; the list has them all."""
    found = 0
    for name in ("from-region", "stakeholder", "status"):
        facet = known.facets.get(name)
        if facet is None or facet.scheme is None or len(facet.scheme.assignable) > SHORT:
            continue
        chosen = question.query.filters.get(name, ())
        if len(chosen) > 1 or found == SELECTS:  # several stay as they are
            continue
        options = [("", str(_("All")), not chosen)]
        options += [(t.code, t.short_label(), t.code in chosen) for t in facet.scheme.assignable]
        yield Select(name, str(facet.title), options)
        found += 1


def kept(question: Asked, known: Filters) -> list[Pair]:
    """Filters that the form has no field for and carries along."""
    fields = {one.name for one in selects(question, known)} | {"registered-from", "registered-to"}
    return [pair for pair in question.narrowing if pair[0] not in fields]
