"""What waits for who imports: trials that were not gone on with, and imports that failed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.queries.imports import waiting_imports
from stocktaking.kernel import charts
from stocktaking.web.desk import MOST, Viewer, Waiting, provider


@provider("imports")
def imports(viewer: Viewer) -> Iterator[Waiting]:
    """One SQL query."""
    if not viewer.may(Capability.IMPORT_ENTRIES):
        return
    for one in waiting_imports(at=viewer.at, most=MOST):
        yield Waiting(
            title=one.file_name,
            url=reverse("staff_import", args=[one.number]),
            kind=_("Import that could not go on") if one.failed else _("Trial to go on with"),
            note="" if one.failed else _would_change(one.records),
            late=one.failed,
        )


def _would_change(records: int) -> str:
    told = ngettext(
        "%(figure)s record would create or change an entry.",
        "%(figure)s records would create or change an entry.",
        records,
    )
    return told % {"figure": charts.figure(records)}
