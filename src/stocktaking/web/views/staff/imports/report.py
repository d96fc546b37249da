"""The refused records with their reasons, as a file to correct and send back."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.operations.imports.words import told
from stocktaking.intake.queries import imports
from stocktaking.kernel import tables
from stocktaking.web import sheets
from stocktaking.web.access import allow
from stocktaking.web.views.staff.imports.batch import batch_or_404


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def table(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """The original columns, and behind them why."""
    batch = batch_or_404(number)
    if form == "xlsx" and batch.refused >= tables.XLSX_ROWS_MAX:
        return sheets.too_long()
    columns, rows = imports.report_columns(number), imports.report_rows(number, told)
    return sheets.table(form, columns, rows, f"import-{number}-refused")


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def lines(request: HttpRequest, number: int) -> HttpResponseBase:
    """Records that are no rows of a table, and in each of them why."""
    batch_or_404(number)
    pieces = tables.write_jsonl(imports.report_records(number, told))
    answer = StreamingHttpResponse(pieces, content_type=sheets.TYPES["jsonl"])
    return sheets.named(answer, f"import-{number}-refused.jsonl")
