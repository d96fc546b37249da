"""The list of imports, newest first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.queries.imports import BatchView, batches
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.imports.frame import wizard_page

SIZE = 50


@dataclass(frozen=True)
class Row:
    batch: BatchView
    who: str


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    page = number_in(request, "page") or 1
    total, rows = ImportBatch.objects.count(), batches(SIZE, (page - 1) * SIZE)
    people = Person.objects.in_bulk({row.by_id for row in rows if row.by_id})

    def url(number: int) -> str:
        return reverse("staff_imports") + (f"?page={number}" if number > 1 else "")

    context = {
        "rows": [Row(row, str(people.get(row.by_id or 0, ""))) for row in rows],
        "total": total,
        "pager": Pager.of(page=page, total=total, size=SIZE, url=url),
    }
    return wizard_page(request, "list", context)
