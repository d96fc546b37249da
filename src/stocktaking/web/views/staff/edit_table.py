"""Lists of entries as tables that can be changed and imported again."""

from array import array
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries.desk import desk_entries
from stocktaking.entries.queries.exports_edit import export_edit_table
from stocktaking.kernel import clock, tables
from stocktaking.search.queries import answer, matching_keys
from stocktaking.web import facets, sheets
from stocktaking.web.access import allow
from stocktaking.web.views.explore import BUILDING, building
from stocktaking.web.views.staff.entry_list import asked_for, fitting


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def of_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the list of the desk shows, all of its pages: entries in every state."""
    found = desk_entries(**fitting(asked_for(request)))
    return _table(form, found.values_list("number", flat=True).iterator(chunk_size=2000))


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def of_result(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the register shows for the same parameters: published entries."""
    query = facets.asked(request).query
    if BUILDING in answer(query).problems:
        return building(request)
    return _table(form, (int(key) for key in matching_keys(query)))


def _table(form: str, found: Iterable[int]) -> HttpResponseBase:
    numbers = array("q", found)
    is_sheet = form == "xlsx"
    if is_sheet and len(numbers) >= tables.XLSX_ROWS_MAX:
        return sheets.too_long()
    cell_max = tables.XLSX_CELL_MAX if is_sheet else None
    columns, rows = export_edit_table(numbers, cell_max=cell_max)
    day = clock.now().date().isoformat()
    return sheets.table(form, columns, rows, f"stocktaking-edit-{day}")
