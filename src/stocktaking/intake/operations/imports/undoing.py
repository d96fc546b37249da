"""Taking an import back, chunk by chunk, from its last record to its first."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.entries.operations import Done, undo_chunk
from stocktaking.history.operations import record
from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.operations.imports.chunks import IMPORTS
from stocktaking.intake.operations.imports.opening import move
from stocktaking.intake.operations.imports.running import person_of
from stocktaking.intake.states import BatchState, RowVerdict
from stocktaking.jobs.registry import Run
from stocktaking.kernel.retrying import retried
from stocktaking.kernel.turns import take_turn

CHUNK = 250  # entries in a transaction
UNDONE, KEPT = "undone", "kept"
_CHANGED = (RowVerdict.CREATED, RowVerdict.UPDATED)


def run_undo(run: Run) -> None:
    """Undo a batch; the work of the job ``intake.undo_import``. What is undone is marked in the
    transaction that does it, so that it may be ended at any moment and goes on from there."""
    batch = ImportBatch.objects.get(number=run.arguments["batch"])
    by = person_of(batch)
    total = ImportRow.objects.filter(batch=batch, verdict__in=_CHANGED).count()
    run.progress(batch.undone + batch.kept, total)
    while rows := _next(batch):
        retried(partial(_undo, batch.number, rows, run, by))
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(number=batch.number)
        move(batch, BatchState.UNDONE)
        batch.ended_at = run.moment()
        batch.save(update_fields=["state", "ended_at"])
        detail = {"undone": batch.undone, "kept": batch.kept}
        record(verb="import_undone", of=batch, by=by, at=run.moment(), detail=detail)


def undo_trial(*, number: int) -> tuple[int, int]:
    """How many entries undoing a batch would put back, and how many it would leave alone."""
    batch = ImportBatch.objects.get(number=number)
    undone = kept = 0
    below: int | None = None
    while rows := _next(batch, below):
        gone = undo_chunk(
            done=_done(rows),
            batch=number,
            since=batch.made_at,
            by=None,
            at=batch.made_at,
            trial=True,
        )
        undone += len(gone)
        kept += len(rows) - len(gone)
        below = rows[-1].place
    return undone, kept


def _next(batch: ImportBatch, below: int | None = None) -> list[ImportRow]:
    """The last rows that are not undone, each entry once among them."""
    rows = ImportRow.objects.filter(
        batch=batch, verdict__in=_CHANGED, undoing="", entry__isnull=False
    ).defer("data", "faults", "notes")
    if below is not None:
        rows = rows.filter(place__lt=below)
    taken: dict[int | None, ImportRow] = {}
    for row in rows.order_by("-place")[:CHUNK]:
        if row.entry_id in taken:
            break
        taken[row.entry_id] = row
    return list(taken.values())


def _done(rows: Sequence[ImportRow]) -> list[Done]:
    return [Done(row.entry_id or 0, row.version_before, row.version_after or 0) for row in rows]


@transaction.atomic
def _undo(number: int, rows: Sequence[ImportRow], run: Run, by: Person | None) -> None:
    batch = ImportBatch.objects.select_for_update().get(number=number)
    run.progress(batch.undone + batch.kept + len(rows))
    take_turn(IMPORTS)
    gone = undo_chunk(done=_done(rows), batch=number, since=batch.made_at, by=by, at=run.moment())
    of_batch = ImportRow.objects.filter(batch=number)
    for word, there in ((UNDONE, True), (KEPT, False)):
        places = [row.place for row in rows if (row.entry_id in gone) is there]
        of_batch.filter(place__in=places).update(undoing=word)
    batch.undone += len(gone)
    batch.kept += len(rows) - len(gone)
    batch.save(update_fields=["undone", "kept"])
