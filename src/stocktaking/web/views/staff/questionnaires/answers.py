"""Answers that were sent, as a table to look at and as files."""

import itertools
from tempfile import TemporaryFile

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages, tables
from stocktaking.questionnaires.models import AnswerSet
from stocktaking.questionnaires.operations import note_export
from stocktaking.questionnaires.queries import answers_table
from stocktaking.web.access import allow, person_of
from stocktaking.web.views.staff.questionnaires.frame import (
    Opened,
    builder_page,
    version_or_404,
)

SHOWN = 25
CUT = 80  # characters of a cell on the page
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    opened = version_or_404(slug, number)
    columns, rows = answers_table(
        opened.version.pk,
        answer_sets=AnswerSet.objects.exclude(locked_at=None),
        language=languages.current().code,
        words=True,
    )
    context = {
        "columns": columns,
        "answers": [
            [_cut(tables.plain(cell)) for cell in row] for row in itertools.islice(rows, SHOWN)
        ],
        "most": SHOWN,
        "total": opened.version.answer_sets.exclude(locked_at=None).count(),
        "may_see_personal": _may_see_personal(request),
        "personal": any(question.personal for question in opened.held.questions()),
    }
    return builder_page(request, "answers", opened, context)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """``personal=1`` adds the personal questions, for those who may see them; it is recorded."""
    opened = version_or_404(slug, number)
    personal = request.GET.get("personal") == "1" and _may_see_personal(request)
    at = clock.now()
    note_export(version=opened.version, personal=personal, by=person_of(request), at=at)
    columns, rows = answers_table(
        opened.version.pk,
        personal=personal,
        answer_sets=AnswerSet.objects.exclude(locked_at=None),
        language=languages.current().code,
    )
    heads = [column.code for column in columns]
    response: HttpResponseBase
    if form == "xlsx":
        if opened.version.answer_sets.count() >= tables.XLSX_ROWS_MAX:
            told = _("A sheet cannot hold so many rows. Take the CSV file.")
            return HttpResponse(told, status=413, content_type="text/plain; charset=utf-8")
        sheet = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
        tables.write_xlsx(rows, heads, sheet)
        sheet.seek(0)
        response = FileResponse(sheet, content_type=TYPES[form])
    else:
        response = StreamingHttpResponse(tables.write_csv(rows, heads), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{_name(opened, form, at.date())}"'
    return response


def _may_see_personal(request: HttpRequest) -> bool:
    return can(person_of(request), Capability.MODERATE_REPLIES)


def _name(opened: Opened, form: str, day: object) -> str:
    return f"answers-{opened.slug}-{opened.version.number}-{day}.{form}"


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}…"
