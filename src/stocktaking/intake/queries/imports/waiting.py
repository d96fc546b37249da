"""Imports that wait for somebody: trials that nobody went on with, and what failed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from stocktaking.intake.models import ImportBatch
from stocktaking.intake.states import BatchState

FORGOTTEN = dt.timedelta(days=30)  # a trial so old waits for nobody any more


@dataclass(frozen=True)
class WaitingImport:
    number: int
    file_name: str
    failed: bool
    records: int  # that would be created or updated


def waiting_imports(*, at: dt.datetime, most: int) -> list[WaitingImport]:
    """The newest first. What was done with the same file later settles it. One SQL query."""
    later = ImportBatch.objects.filter(file=OuterRef("file"), number__gt=OuterRef("number"))
    tried = ImportBatch.objects.filter(
        dry_run=True, state=BatchState.DONE, made_at__gt=at - FORGOTTEN
    ).exclude(created=0, updated=0)
    failed = ImportBatch.objects.filter(state=BatchState.FAILED)
    rows = (tried | failed).exclude(Exists(later)).annotate(fitting=F("created") + F("updated"))
    found = rows.order_by("-number").values_list("number", "file_name", "state", "fitting")
    return [
        WaitingImport(number, name, state == BatchState.FAILED, fitting)
        for number, name, state, fitting in found[:most]
    ]


def imported_after(number: int, file: int) -> int | None:
    """The newest import, no trial, that was made of this file after import ``number``."""
    later = ImportBatch.objects.filter(file=file, number__gt=number, dry_run=False)
    return later.exclude(state=BatchState.UNDONE).values_list("number", flat=True).first()
