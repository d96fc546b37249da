"""The report of a collection: a page to read and to print, and its figures as a table."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import cards, collection
from stocktaking.insight.queries import Asked, Collected, Tally, collected
from stocktaking.insight.rules.matrix import share
from stocktaking.kernel import clock, languages
from stocktaking.kernel.charts import Bar, figure
from stocktaking.kernel.charts.tile_map import off_map
from stocktaking.web import sheets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional, last_change
from stocktaking.web.plates import explore_link
from stocktaking.web.views.explore import building, public

LISTED = 500  # entries; beyond that there is the list with its files
COUNTRIES = 15  # that are drawn; the table has all
COLUMNS = ("part", "code", "title", "entries", "share")


def _mark(request: HttpRequest) -> object:
    """Every change, and the day that the report states."""
    return last_change(request), clock.now().date().isoformat()


@allow(Capability.READ)
@require_safe
@conditional(also=_mark)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Introduction, criteria, figures, answers and entries of one collection."""
    here = languages.current().code
    view = collection(slug, here)
    if view is None:
        raise Http404
    found = collected(slug, here)
    if found.building:
        return building(request)
    by_country = {term.code: count for term, count in found.country.counts} if found.country else {}
    countries = bars_of(found.country, slug) if found.country else []
    context = {
        "section": "explore",
        "collection": view,
        "found": found,
        "today": clock.now().date(),
        "axes": [_chart(one, slug, found.total) for one in (found.rows, found.columns) if one],
        "stakeholder": _chart(found.stakeholder, slug, found.total) if found.stakeholder else None,
        "region": _chart(found.region, slug, found.total) if found.region else None,
        "country": found.country,
        "countries": countries[:COUNTRIES],
        "more_countries": len(countries[COUNTRIES:]),
        "by_country": by_country,
        "unplaced": _unplaced(found, by_country),
        "years": [_year(slug, year, count) for year, count in found.years],
        "asked": [(one, _answers(one)) for one in found.asked],
        "entries": public(cards(list(found.numbers[:LISTED]), here)),
        "list_url": explore_link(("collection", slug)),
        "files": [
            (form.upper(), reverse("collection_report_file", args=[slug, form]))
            for form in ("csv", "xlsx")
        ],
        "lists": [
            (form.upper(), f"{reverse('entries_list', args=[form])}?collection={slug}")
            for form in ("csv", "xlsx", "jsonl")
        ],
    }
    return render(request, "web/participation/collection_report.html", context)


@allow(Capability.READ)
@require_safe
@conditional(also=_mark)
def file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """All figures of the report: one row for each, with its share of the entries."""
    here = languages.current().code
    if collection(slug, here) is None:
        raise Http404
    found = collected(slug, here)
    if found.building:
        return building(request)
    rows = list(table(found))  # now, in the language of the page
    name = f"stocktaking-{slug}-{clock.now().date().isoformat()}-{here}"
    response = sheets.table(form, COLUMNS, rows, name)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def table(found: Collected) -> Iterator[tuple[object, ...]]:
    """Rows in the order of ``COLUMNS``; the share is left out where it would mean nothing."""
    yield "total", "entries", _("Entries"), found.total, None
    yield "total", "organisations", _("Organisations"), found.organisations, None
    yield "total", "countries", _("Countries"), found.countries, None
    for tally in found.tallies:
        for term, count in tally.counts:
            part = round(share(count, found.total), 4)
            yield tally.scheme.slug, term.code, term.label(), count, part
    for year, count in found.years:
        yield "registered", str(year), str(year), count, round(share(count, found.total), 4)
    for asked in found.asked:
        yield from _answered(asked)


def _answered(asked: Asked) -> Iterator[tuple[object, ...]]:
    """Shares are of those who answered the question."""
    part = f"question:{asked.code}"
    yield part, "", asked.label, asked.answers, None
    for one in asked.choices:
        yield part, one.code, one.label, one.count, round(share(one.count, asked.answers), 4)
    for year, count in asked.years:
        yield part, str(year), str(year), count, round(share(count, asked.answers), 4)
    if asked.numbers:
        yield part, "sum", _("Sum"), asked.numbers.sum, None
        yield part, "median", _("Median"), asked.numbers.middle, None


def bars_of(tally: Tally, slug: str) -> list[Bar]:
    """The terms of a scheme as bars that lead to their entries within the collection."""
    return [
        Bar(
            name=term.short_label(),
            value=count,
            url=explore_link(("collection", slug), (term.scheme, term.code)) if count else "",
            code=_code(term.code if term.colour else term.group_code, tally),
        )
        for term, count in tally.counts
    ]


def _code(code: str, tally: Tally) -> str:
    """Codes that people use, such as C7; those of countries and regions are not said."""
    numbered = any(letter.isdigit() for letter in code)
    return code if numbered and tally.scheme.direct else ""


def _chart(tally: Tally, slug: str, total: int) -> dict[str, object]:
    """Bars with the sentence that answers what they are asked."""
    said = []
    if tally.most:
        term, count = tally.most
        said.append(
            _("Most often: %(name)s, %(count)s of %(total)s.")
            % {"name": term.short_label(), "count": figure(count), "total": figure(total)}
        )
    if none := len(tally.empty):
        of_all = ngettext(
            "%(count)s of %(all)s has no entry yet.",
            "%(count)s of %(all)s have no entry yet.",
            none,
        )
        said.append(of_all % {"count": figure(none), "all": figure(len(tally.counts))})
    return {"scheme": tally.scheme, "answer": " ".join(said), "bars": bars_of(tally, slug)}


def _year(slug: str, year: int, count: int) -> Bar:
    span = (("registered-from", f"{year:04}"), ("registered-to", f"{year:04}"))
    url = explore_link(("collection", slug), *span) if count else ""
    return Bar(str(year), count, url=url)


def _unplaced(found: Collected, by_country: dict[str, int]) -> list[tuple[str, int]]:
    """Countries that are counted and have no square on the map."""
    missing = set(off_map(by_country))
    counts = found.country.counts if found.country else ()
    return [(term.short_label(), count) for term, count in counts if term.code in missing]


def _answers(asked: Asked) -> list[Bar]:
    chosen = [Bar(one.label, one.count) for one in asked.choices]
    return chosen or [Bar(str(year), count) for year, count in asked.years]
