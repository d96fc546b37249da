"""Starting, resuming and stopping an import."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.rules.threeway import Conflict
from stocktaking.files.models import StoredFile
from stocktaking.files.operations.keeping import original_path
from stocktaking.history.operations import record
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.operations.imports.profiles import require_fit
from stocktaking.intake.operations.imports.refusals import refused
from stocktaking.intake.queries.imports.report import is_report
from stocktaking.intake.rules.imports import as_sent_back
from stocktaking.intake.rules.profiles.documents import write
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.states import BATCH_MOVES, BatchState
from stocktaking.jobs.operations import release_dead, request_cancel, start_job
from stocktaking.jobs.queries import job
from stocktaking.jobs.states import JobState
from stocktaking.kernel.reading import FileKind, Head, look

IMPORT = "intake.import"  # the kinds of jobs
UNDO = "intake.undo_import"


def open_batch(
    *,
    file: StoredFile,
    name: str,
    profile: Profile,
    dry_run: bool = False,
    publish: bool | None = None,
    conflict: str | None = None,
    key: str = "",
    as_of: dt.datetime | None = None,
    by: Person | None,
    at: dt.datetime,
) -> ImportBatch:
    """Begin to import a stored file; a job does it.

    ``name`` is what people call the file. ``publish`` and ``conflict`` (what is done with parts
    that were changed here as well: ``threeway.Conflict``) are the profile's unless stated.
    ``as_of`` is the moment that the entries get. The same ``key`` of the same person again is
    the same import. Unreadable or RuleBroken where the file or the profile cannot be used;
    nothing is kept then. A report that comes back corrected is read as we wrote it, whatever the
    profile says of reading.
    """
    if by is not None:
        require(by, Capability.IMPORT_ENTRIES)
        if key and (known := ImportBatch.objects.filter(by_id=by.pk, key=key).first()):
            return known
    chosen = conflict or profile.conflict
    if chosen not in set(Conflict):
        raise refused("conflict_malformed", "conflict")
    require_fit(profile)
    path = original_path(file.sha256)
    if is_report(path):
        profile = as_sent_back(profile)
    head = look(path, profile.reading)
    _require_identity(profile, head)
    batch = ImportBatch(
        file=file,
        file_name=name[:255],
        profile_slug=profile.slug,
        profile_version=profile.version,
        profile=write(profile),
        dry_run=dry_run,
        publish=profile.publish if publish is None else publish,
        conflict=chosen,
        head=_told(head),
        key=key,
        by_id=by.pk if by is not None else None,
        as_of=as_of,
        made_at=at,
    )
    try:
        with transaction.atomic():
            batch.save()
            _start(batch, IMPORT, by=by, at=at)
            detail = {"file": batch.file_name, "profile": profile.slug, "trial": dry_run}
            record(verb="import_started", of=batch, by=by, at=at, detail=detail)
    except IntegrityError:  # the same request a second time, at the same moment
        if not key or by is None:
            raise
        return ImportBatch.objects.get(by_id=by.pk, key=key)
    return batch


def _require_identity(profile: Profile, head: Head) -> None:
    """A table without the column of the identity is of another kind: every row would be refused."""
    wanted = profile.identity.columns
    if head.kind not in (FileKind.CSV, FileKind.XLSX) or profile.is_own or not wanted:
        return
    if not set(wanted) & set(head.columns):
        raise refused("identity_column_missing", "profile", column=wanted[0])


def _told(head: Head) -> dict[str, Any]:
    return {
        "kind": head.kind.value,
        "encoding": head.encoding,
        "columns": list(head.columns),
        "sheet": head.sheet,
        "record": head.record,
        "header": head.header,
        "delimiter": head.delimiter,
        "notes": [
            {"code": n.code, "column": n.column, "params": dict(n.params)} for n in head.notes
        ],
    }


def resume_batch(*, number: int, by: Person | None, at: dt.datetime) -> ImportBatch:
    """Go on with an import that failed or was stopped, behind its last record that is done.

    One whose job still waits or runs is left to it.
    """
    # one that has died too often for a worker to take it up is for a person to decide on: here
    release_dead(at=at)
    with transaction.atomic():
        batch = locked(number, by)
        if batch.state in (BatchState.WAITING, BatchState.RUNNING) and _has_job(batch):
            return batch
        if batch.state not in (BatchState.WAITING, BatchState.RUNNING):
            move(batch, BatchState.RUNNING)
        batch.message, batch.ended_at = "", None
        batch.save(update_fields=["state", "message", "ended_at"])
        _start(batch, IMPORT, by=by, at=at)
        record(verb="import_resumed", of=batch, by=by, at=at)
    return batch


def cancel_batch(*, number: int, by: Person | None, at: dt.datetime) -> ImportBatch:
    """Stop an import after the chunk that is being done; it can go on or be undone later."""
    with transaction.atomic():
        batch = locked(number, by)
        if batch.state not in (BatchState.WAITING, BatchState.RUNNING) or not _has_job(batch):
            raise refused("batch_move")
        record(verb="import_cancelled", of=batch, by=by, at=at)
        request_cancel(job_id=batch.job_id or 0, by=by, at=at)
    batch.refresh_from_db()
    return batch


def undo_batch(*, number: int, by: Person | None, at: dt.datetime) -> ImportBatch:
    """Take an import back as a whole; a job does it.

    Entries that it made are withdrawn, those that it changed get their former content back,
    unless somebody has changed them since. Organisations that it registered stay. One that was
    left by a process that died needs not go on first.
    """
    release_dead(at=at)
    with transaction.atomic():
        batch = locked(number, by)
        if batch.dry_run:
            raise refused("batch_trial")
        if batch.state in (BatchState.WAITING, BatchState.RUNNING) and _waits(batch):
            request_cancel(job_id=batch.job_id or 0, by=by, at=at)
            batch.refresh_from_db()
        if batch.state != BatchState.UNDOING:
            move(batch, BatchState.UNDOING)
        elif _has_job(batch):
            return batch
        batch.message, batch.ended_at = "", None
        batch.save(update_fields=["state", "message", "ended_at"])
        _start(batch, UNDO, by=by, at=at)
        record(verb="import_undoing", of=batch, by=by, at=at)
    return batch


def forget_trials(*, before: dt.datetime) -> int:
    """Remove trials with their verdicts; how many. What they would have done nobody asks later."""
    old = ImportBatch.objects.filter(dry_run=True, ended_at__lt=before)
    numbers = list(old.values_list("number", flat=True))
    old.delete()
    return len(numbers)


def locked(number: int, by: Person | None) -> ImportBatch:
    """The import, held until the end of the transaction, for who may import."""
    if by is not None:
        require(by, Capability.IMPORT_ENTRIES)
    batch = ImportBatch.objects.select_for_update().filter(number=number).first()
    if batch is None:
        raise refused("batch_unknown")
    return batch


def move(batch: ImportBatch, then: BatchState) -> None:
    if then not in BATCH_MOVES[BatchState(batch.state)]:
        raise refused("batch_move")
    batch.state = then


def _has_job(batch: ImportBatch) -> bool:
    known = job(batch.job_id) if batch.job_id else None
    return known is not None and known.open


def _waits(batch: ImportBatch) -> bool:
    known = job(batch.job_id) if batch.job_id else None
    return known is not None and known.state is JobState.WAITING


def _start(batch: ImportBatch, kind: str, *, by: Person | None, at: dt.datetime) -> None:
    started = start_job(kind=kind, arguments={"batch": batch.number}, by=by, at=at)
    batch.job_id = started.pk
    batch.save(update_fields=["job_id"])
