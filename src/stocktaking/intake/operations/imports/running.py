"""Doing an import: its file read to the end, chunk by chunk."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.operations import register_source
from stocktaking.entries.rules.threeway import Conflict
from stocktaking.files.operations.keeping import original_path
from stocktaking.history.operations import record
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.operations.imports.chunks import Act, do_chunk
from stocktaking.intake.operations.imports.opening import move
from stocktaking.intake.operations.imports.refusals import refused
from stocktaking.intake.queries.imports.framework import framework
from stocktaking.intake.queries.likenesses import likened_entries
from stocktaking.intake.rules.duplicates import Register
from stocktaking.intake.rules.likeness import Likened
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.mapped import Mapped
from stocktaking.intake.rules.profiles.mapping import Mapper
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.reach import Reach
from stocktaking.intake.states import BatchState
from stocktaking.jobs.registry import Run
from stocktaking.kernel.reading import Reading, Record, records

CHUNK = 500  # records in a transaction
COUNTED_AT_ONCE = 5_000
# SQLite knows no queue of writers: whoever waits looks again from time to time, and must find
# the database free for a moment
PAUSE = 0.02  # seconds

Pair = tuple[Record, Mapped]


def run_batch(run: Run) -> None:
    """Import the file of a batch from where it stands; the work of the job ``intake.import``.

    The file is read to its end before anything is written, so that one that is damaged further
    on is refused as a whole.
    """
    batch = ImportBatch.objects.select_related("file").get(number=run.arguments["batch"])
    if batch.state == BatchState.DONE:
        return
    profile = parse(batch.profile)
    path = original_path(batch.file.sha256)
    if not path.exists():
        raise refused("file_lost")
    act = Act(
        number=batch.number,
        profile=profile,
        reach=Reach(profile),
        conflict=Conflict(batch.conflict),
        publish=batch.publish,
        trial=batch.dry_run,
        by=person_of(batch),
        register=_register(batch, run) if batch.dry_run else None,
    )
    run.progress(batch.position, batch.total)
    _begin(batch, _count(path, batch, profile.reading, run), run)
    if profile.source and not act.trial:
        register_source(
            slug=profile.source,
            title=dict(profile.title),
            notice=dict(profile.notice),
            licence=profile.licence,
            attribution=profile.attribution,
            by=act.by,
            at=batch.as_of or run.moment(),
        )
    position = batch.position
    for pairs in _chunks(path, profile, run, position):
        do_chunk(act, pairs, run, position=position, at=batch.as_of or run.moment())
        position += len(pairs)
        if connection.vendor == "sqlite":
            time.sleep(PAUSE)
    _finish(batch.number, run, act.by)


def _register(batch: ImportBatch, run: Run) -> Register:
    """What a trial compares new entries with. An import itself does without: what it brings in is
    compared with everything afterwards."""

    def watched() -> Iterator[tuple[int, Likened]]:
        for place, one in enumerate(likened_entries()):
            if place % COUNTED_AT_ONCE == 0:
                run.progress(batch.position)  # holds the lease while a large register is read
            yield one

    return Register(watched())


def person_of(batch: ImportBatch) -> Person | None:
    """Who began it, if they still may; None is the operator's console."""
    if batch.by_id is None:
        return None
    by = Person.objects.filter(pk=batch.by_id, is_active=True).first()
    if by is None:
        raise refused("batch_nobody")
    require(by, Capability.IMPORT_ENTRIES)
    return by


def _count(path: Path, batch: ImportBatch, reading: Reading, run: Run) -> int:
    """How many records the file has; Unreadable where it cannot be read to its end."""
    if batch.total is not None:
        return batch.total
    total = 0
    for _ in records(path, reading):
        total += 1
        if total % COUNTED_AT_ONCE == 0:
            run.progress(batch.position)
    return total


@transaction.atomic
def _begin(batch: ImportBatch, total: int, run: Run) -> None:
    run.progress(batch.position, total)
    held = ImportBatch.objects.select_for_update().get(number=batch.number)
    if held.state != BatchState.RUNNING:
        move(held, BatchState.RUNNING)
    held.total = total
    held.save(update_fields=["state", "total"])


def _chunks(path: Path, profile: Profile, run: Run, position: int) -> Iterator[list[Pair]]:
    """The records behind the first ``position``, mapped while nothing is locked."""
    mapper = Mapper(profile, framework())
    rest = records(path, profile.reading)
    for skipped, _ in enumerate(islice(rest, position), start=1):
        if skipped % COUNTED_AT_ONCE == 0:
            run.progress(position)  # it holds the lease
    while chunk := [(one, mapper.map(one)) for one in islice(rest, CHUNK)]:
        yield chunk


@transaction.atomic
def _finish(number: int, run: Run, by: Person | None) -> None:
    batch = ImportBatch.objects.select_for_update().get(number=number)
    run.progress(batch.position)
    move(batch, BatchState.DONE)
    batch.ended_at = run.moment()
    batch.save(update_fields=["state", "ended_at"])
    counts = {name: getattr(batch, name) for name in ("created", "updated", "unchanged", "refused")}
    detail = {**counts, "trial": batch.dry_run}
    record(verb="imported", of=batch, by=by, at=run.moment(), detail=detail)
