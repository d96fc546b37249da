"""What comes back to a call: a table, a file, and numbers."""

import io

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.queries import Counts, counts_of, replies_to
from stocktaking.calls.queries.counts import SENT
from stocktaking.calls.states import ReplyState
from stocktaking.kernel import clock, languages
from stocktaking.kernel.charts import Bar
from stocktaking.kernel.paging import Pager
from stocktaking.kernel.tables import write_xlsx
from stocktaking.questionnaires.models import AnswerSet
from stocktaking.questionnaires.operations import note_export
from stocktaking.questionnaires.queries import answers_table
from stocktaking.reference.queries import TermView
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.calls.found import call_or_404, call_page

SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Capability.MANAGE_CALLS)
@require_safe
def replies(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    asked = request.GET.get("state", "")
    state = ReplyState(asked) if asked in set(ReplyState) else None
    text = text_in(request, "q")
    found = replies_to(call, state=state, text=text)
    total = found.count()
    kept = {"state": state.value if state else "", "q": text}
    pager = Pager.of(
        page=number_in(request, "page") or 1,
        total=total,
        size=SIZE,
        url=lambda number: f"?{urlencode(kept | {'page': number})}",
    )
    context = {
        "counts": counts_of(call),
        "rows": found[(pager.page - 1) * SIZE : pager.page * SIZE],
        "total": total,
        "pager": pager,
        "state": kept["state"],
        "text": text,
        "states": [one for one in ReplyState if one is not ReplyState.DRAFT],
    }
    return call_page(request, "replies", call, "replies", context)


@allow(Capability.MANAGE_CALLS)
@require_safe
def replies_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers of all replies that were sent, as a spreadsheet; personal ones on request,
    which is recorded."""
    call = call_or_404(slug)
    personal = request.GET.get("personal") == "1"
    sent = [state.value for state in SENT]
    sets = AnswerSet.objects.filter(reply__call=call, reply__state__in=sent)
    file = io.BytesIO()
    if call.version is None:
        write_xlsx([], ["answers"], file)
    else:
        note_export(version=call.version, personal=personal, by=person_of(request), at=clock.now())
        columns, rows = answers_table(
            call.version.pk,
            also=sorted(set(sets.order_by().values_list("version_id", flat=True))),
            personal=personal,
            answer_sets=sets,
            language=languages.current().code,
            words=True,
        )
        numbers = dict(
            Reply.objects.filter(call=call, state__in=sent).values_list("answer_set", "number")
        )
        head = [_("Reply"), *(column.label for column in columns[1:])]
        write_xlsx(([numbers.get(row[0]), *row[1:]] for row in rows), head, file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{call.slug}.xlsx"'
    return response


@allow(Capability.MANAGE_CALLS)
@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    counts = counts_of(call)
    context = {"counts": counts, "charts": _charts(call, counts)}
    return call_page(request, "numbers", call, "numbers", context)


def _charts(call: Call, counts: Counts) -> list[tuple[str, str, str, list[Bar]]]:
    """Name, question, what the rows are, and bars; those that say nothing are left out."""
    named = {language.code: language.name for language in languages.LANGUAGES}
    spoken = [Bar(named.get(code, code), number) for code, number in counts.language]
    charts = [
        ("region", _("From which regions?"), _("Region"), _bars(counts.region)),
        ("country", _("From which countries?"), _("Country"), _bars(counts.country)),
        ("stakeholder", _("From whom?"), _("Type of stakeholder"), _bars(counts.stakeholder)),
        ("language", _("In which languages?"), _("Language"), spoken),
    ]
    return [chart for chart in charts if chart[3]]


def _bars(counted: tuple[tuple[TermView | None, int], ...]) -> list[Bar]:
    return [Bar(term.label() if term else _("Not stated"), number) for term, number in counted]
