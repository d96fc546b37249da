"""How long people wait for a decision: as tables with bars, and as CSV."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.queries.choices import calls_asked
from stocktaking.intake.queries.statistics import Statistics, statistics
from stocktaking.intake.rules.turnaround import Turnaround
from stocktaking.kernel import charts, clock, languages
from stocktaking.kernel.tables import write_csv
from stocktaking.web.access import allow
from stocktaking.web.forms.search import text_in
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_queue"
COLUMNS = ("kind", "name", "decided", "median_days", "ninetieth_percentile_days", "waiting")


@allow(Capability.SEE_QUEUE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    call = text_in(request, "call")
    found = statistics(at=clock.now(), call=call)
    context = {
        "found": found,
        "call": call,
        "calls": calls_asked(languages.current().code),
        "median": days(found.whole.median),
        "slowest": days(found.whole.slowest_tenth),
        "months": [(month_name(month), turn, row_of(turn)) for month, turn in found.months],
        "month_bars": [
            charts.Bar(month_name(month), turn.median or 0, text=days(turn.median))
            for month, turn in found.months
        ],
        "age_bars": [charts.Bar(span(first, last), count) for first, last, count in found.ages],
    }
    return desk_page(request, "web/staff/queue/statistics.html", HERE, context)


@allow(Capability.SEE_QUEUE)
@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The same figures as a file; names of columns are for programs and stay English."""
    found = statistics(at=clock.now(), call=text_in(request, "call"))
    answer = StreamingHttpResponse(
        write_csv(rows(found), COLUMNS), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="turnaround.csv"'
    return answer


def rows(found: Statistics) -> Iterator[tuple[object, ...]]:
    yield ("all", "", *_figures(found.whole), "")
    for month, turn in found.months:
        yield ("month", month, *_figures(turn), "")
    for first, last, count in found.ages:
        yield ("age_in_days", f"{first} to {last}" if last else f"{first} on", "", "", "", count)
    for one in found.load:
        yield ("moderator", one.name, one.first_decisions, "", "", one.waiting)


def row_of(turn: Turnaround) -> tuple[str, str, str]:
    return charts.figure(turn.decided), days(turn.median), days(turn.slowest_tenth)


def days(stated: float | None) -> str:
    """Days with one decimal under ten; an en dash where nothing was decided."""
    if stated is None:
        return "–"
    shown = charts.figure(stated, digits=1 if stated < 10 else 0)
    return ngettext("%(days)s day", "%(days)s days", 1 if stated == 1 else 2) % {"days": shown}


def span(first: int, last: int | None) -> str:
    if last is None:
        return _("%(first)s days and more") % {"first": first}
    return _("%(first)s to %(last)s days") % {"first": first, "last": last}


def month_name(month: str) -> str:
    return formats.date_format(dt.date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT")


def _figures(turn: Turnaround) -> tuple[object, ...]:
    return (turn.decided, _rounded(turn.median), _rounded(turn.slowest_tenth))


def _rounded(stated: float | None) -> float | str:
    return round(stated, 2) if stated is not None else ""
