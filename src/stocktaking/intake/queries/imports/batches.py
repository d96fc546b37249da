"""Imports as people look at them: what is being done, what came of it, row by row."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.queries.imports.reasons import told_so
from stocktaking.intake.states import BATCH_MOVES, BatchState, RowVerdict
from stocktaking.jobs.queries import JobView, job
from stocktaking.kernel.reading import Note


@dataclass(frozen=True)
class BatchView:
    """One import. ``unread`` is the number of records by column, ``unknown`` by scheme and
    value; ``total`` is None while nobody knows it; ``by_id`` is a person's number."""

    number: int
    file: int  # number of the stored file
    file_name: str
    profile_slug: str
    profile_version: int
    dry_run: bool
    publish: bool
    conflict: str
    state: BatchState
    position: int
    total: int | None
    created: int
    updated: int
    unchanged: int
    refused: int
    noted: int
    undone: int
    kept: int
    kind: str
    encoding: str
    columns: tuple[str, ...]
    head: Mapping[str, Any]
    unread: Mapping[str, int]
    unknown: Mapping[str, Mapping[str, int]]
    message: str
    by_id: int | None
    made_at: dt.datetime
    ended_at: dt.datetime | None
    job: JobView | None

    @property
    def counts(self) -> dict[RowVerdict, int]:
        return {verdict: getattr(self, verdict.value) for verdict in RowVerdict}

    @property
    def summary(self) -> str:
        """The last line of every import, as scripts read it."""
        return summary_of(self.counts)

    @property
    def share(self) -> float | None:
        """What is done of it, from 0 to 1; None while nobody knows."""
        if self.state is BatchState.UNDOING:
            return self.job.share if self.job else None
        return min(1.0, self.position / self.total) if self.total else None

    @property
    def open(self) -> bool:
        """Whether something is being done with it."""
        return self.job is not None and self.job.open

    @property
    def may_cancel(self) -> bool:
        return self.open and self.state in (BatchState.WAITING, BatchState.RUNNING)

    @property
    def may_resume(self) -> bool:
        return not self.open and BatchState.RUNNING in BATCH_MOVES[self.state]

    @property
    def may_undo(self) -> bool:
        moves = (*BATCH_MOVES[self.state], self.state)
        return not self.open and not self.dry_run and BatchState.UNDOING in moves


def summary_of(counts: Mapping[RowVerdict, int]) -> str:
    return ", ".join(f"{verdict.value} {counts[verdict]}" for verdict in RowVerdict)


def batch(number: int) -> BatchView | None:
    """One import. Two SQL queries."""
    row = ImportBatch.objects.defer("profile").filter(number=number).first()
    return _view(row, job(row.job_id) if row.job_id else None) if row else None


def batches(limit: int = 50, first: int = 0) -> list[BatchView]:
    """The newest imports, newest first; those that do not run are without their job. Up to one
    SQL query for each that runs, and one."""
    rows = ImportBatch.objects.defer("profile", "unread", "unknown")[first : first + limit]
    running = (BatchState.WAITING, BatchState.RUNNING, BatchState.UNDOING)
    return [
        _view(row, job(row.job_id) if row.job_id and row.state in running else None, brief=True)
        for row in rows
    ]


def last_batch(*, sha256: str, profile_slug: str) -> BatchView | None:
    """The newest import of this content with this profile; trials do not count. Up to two SQL
    queries."""
    rows = ImportBatch.objects.filter(file__sha256=sha256, profile_slug=profile_slug)
    row = rows.filter(dry_run=False).defer("profile").first()
    return _view(row, job(row.job_id) if row.job_id else None) if row else None


def _view(row: ImportBatch, of_job: JobView | None, *, brief: bool = False) -> BatchView:
    return BatchView(
        number=row.number,
        file=row.file_id,
        file_name=row.file_name,
        profile_slug=row.profile_slug,
        profile_version=row.profile_version,
        dry_run=row.dry_run,
        publish=row.publish,
        conflict=row.conflict,
        state=BatchState(row.state),
        position=row.position,
        total=row.total,
        created=row.created,
        updated=row.updated,
        unchanged=row.unchanged,
        refused=row.refused,
        noted=row.noted,
        undone=row.undone,
        kept=row.kept,
        kind=row.head.get("kind", ""),
        encoding=row.head.get("encoding", ""),
        columns=tuple(row.head.get("columns", ())),
        head=row.head,
        unread={} if brief else row.unread,
        unknown={} if brief else row.unknown,
        message=row.message,
        by_id=row.by_id,
        made_at=row.made_at,
        ended_at=row.ended_at,
        job=of_job,
    )


@dataclass(frozen=True)
class RowView:
    """The verdict on one record. ``data`` is the record where it was refused; of a trial's
    updates, what would be (``after``) with the names of organisations that would be registered.
    ``undoing`` is ``undone`` or ``kept`` once the import is undone."""

    place: int
    title: str
    verdict: RowVerdict
    entry: int | None
    version_before: int | None
    version_after: int | None
    faults: tuple[Note, ...]
    notes: tuple[Note, ...]
    data: Mapping[str, Any]
    undoing: str


@dataclass(frozen=True)
class RowsPage:
    rows: list[RowView]
    total: int


def rows(
    number: int,
    *,
    verdict: RowVerdict | None = None,
    noted: bool = False,
    code: str = "",
    column: str | None = None,
    first: int = 0,
    size: int = 50,
) -> RowsPage:
    """A page of the verdicts of an import, in the order of the file; of one kind, of those with
    something to tell, or of those of which ``code`` was told, in ``column``. Two SQL queries."""
    found = ImportRow.objects.filter(batch=number)
    if verdict is not None:
        found = found.filter(verdict=verdict)
    if noted:
        found = found.exclude(notes=[])
    if code:
        found = told_so(found, code, column)
    page = [_row(row) for row in found[first : first + size]]
    return RowsPage(page, found.count())


def row(number: int, place: int) -> RowView | None:
    """The verdict on one record. One SQL query."""
    found = ImportRow.objects.filter(batch=number, place=place).first()
    return _row(found) if found else None


def _row(row: ImportRow) -> RowView:
    return RowView(
        place=row.place,
        title=row.title,
        verdict=RowVerdict(row.verdict),
        entry=row.entry_id,
        version_before=row.version_before,
        version_after=row.version_after,
        faults=notes_of(row.faults),
        notes=notes_of(row.notes),
        data=row.data,
        undoing=row.undoing,
    )


def notes_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Note, ...]:
    """Notes as they stand in a row."""
    return tuple(Note(one["code"], one["column"], one["params"]) for one in kept)
