"""Tables as answers to take along: CSV as it is written, XLSX as one file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.translation import gettext as _

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import tables
from stocktaking.web.context import visitor

EDIT_FORMS = ("xlsx", "csv")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
}


@dataclass(frozen=True)
class EditTable:
    """A list of entries to take along, change and import."""

    name: str
    url: str


def edit_tables(request: HttpRequest, address: Callable[[str], str]) -> list[EditTable]:
    """The tables of a list, by the ``address`` of each form; for those who may import them."""
    if not can(visitor(request), Capability.IMPORT_ENTRIES):
        return []
    return [EditTable(form.upper(), address(form)) for form in EDIT_FORMS]


def table(
    form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str
) -> HttpResponseBase:
    """A table in a ``form`` of ``csv`` or ``xlsx``; ``name`` is the file's, without its end."""
    response: HttpResponseBase
    if form == "xlsx":
        sheet = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
        tables.write_xlsx(rows, columns, sheet)
        sheet.seek(0)
        response = FileResponse(sheet, content_type=TYPES[form])
    else:
        pieces = tables.write_csv(rows, columns)
        response = StreamingHttpResponse(pieces, content_type=TYPES[form])
    return named(response, f"{name}.{form}")


def figures(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any] | Sequence[Any]], name: str
) -> HttpResponse:
    """The numbers of a figure as CSV, for any site to read. It is written at once, while the
    language of the page is in force."""
    whole = b"".join(tables.write_csv(rows, columns))
    return _for_all(HttpResponse(whole, content_type=TYPES["csv"]), f"{name}.csv")


def picture(drawn: str, name: str) -> HttpResponse:
    """A figure as SVG, for any site to show."""
    return _for_all(HttpResponse(drawn, content_type=TYPES["svg"]), f"{name}.svg")


def _for_all(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """The answer as a file of this name; of letters, digits, points and hyphens."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def too_long() -> HttpResponse:
    told = _("A sheet cannot hold so many rows. Take the CSV file.")
    return HttpResponse(told, status=413, content_type="text/plain; charset=utf-8")
