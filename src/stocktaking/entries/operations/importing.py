"""Many entries at once, matched by number or by external identifiers, merged by three sides."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry, EntryVersion, ImportedStatement
from stocktaking.entries.operations import rows as writer
from stocktaking.entries.operations.importing_values import (
    Assumed,
    ImportedRow,
    ImportResult,
    Outcome,
    Verdict,
)
from stocktaking.entries.operations.judging import (
    Change,
    Found,
    Judged,
    Numbered,
    entry_of,
    judge,
    says_nothing_new,
)
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.statements import (
    absorbed_by,
    contents_at,
    fingerprint,
    keep_first_statements,
    keep_statements,
    last_statements,
)
from stocktaking.entries.operations.surroundings import Surroundings, holders_of, survey
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Cause, EntryState
from stocktaking.history.operations import record_many
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.retrying import retried

CHUNK = 500
NOTHING = Assumed()
STATE_FIELDS = [
    "state",
    "published_at",
    "published_version",
    "withdrawn_at",
    "withdrawal_reason",
    "merged_into",
    "changed_at",
]


def import_entries(
    *,
    rows: Iterable[EntryValues | ImportedRow],
    by: Person | None,
    at: dt.datetime,
    publish: bool = False,
    progress: Callable[[int], object] | None = None,
) -> ImportResult:
    """Create or update one entry per row; at most 500 rows per transaction.

    What an update does is told at ``ImportedRow``; images, and all that a row does not speak
    of, stay as they are. ``publish`` holds for entries that the import creates. ``progress`` is
    called with the number of rows done so far.
    """
    verdicts: list[Verdict] = []
    for chunk in _chunks(rows):
        verdicts += retried(partial(import_chunk, rows=chunk, by=by, at=at, publish=publish))
        if progress is not None:
            progress(len(verdicts))
    return ImportResult(verdicts)


def _chunks(rows: Iterable[EntryValues | ImportedRow]) -> Iterator[list[Numbered]]:
    """Chunks in which no identifier stands twice, so that each row finds what is there."""
    chunk: list[Numbered] = []
    seen: set[object] = set()
    for place, row in enumerate(rows, start=1):
        if isinstance(row, EntryValues):
            row = ImportedRow(row)
        row = replace(row, values=tidy(row.values))
        own: set[object] = {(i.system, i.value) for i in row.values.identifiers}
        if row.number is not None:
            own.add(row.number)
        if len(chunk) == CHUNK or own & seen:
            yield chunk
            chunk, seen = [], set()
        chunk.append((place, row))
        seen |= own
    if chunk:
        yield chunk


@transaction.atomic
def import_chunk(
    *,
    rows: Sequence[Numbered],
    by: Person | None,
    at: dt.datetime,
    publish: bool = False,
    detail: dict[str, Any] | None = None,
    assumed: Assumed = NOTHING,
    trial: bool = False,
) -> list[Verdict]:
    """Import at most 500 rows, each with its place, in one transaction; their verdicts by place.

    The values are tidied. ``detail`` goes into the history of each entry. What is ``assumed`` may
    be named. A ``trial`` says what would happen and writes nothing. IntegrityError where another
    import has made one of the entries in this moment: nothing is written then, and a second try
    finds it.
    """
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
        if publish:
            require(by, Capability.PUBLISH_ENTRIES)
    found, around = _look(rows, at=at, assumed=assumed, trial=trial)
    judged = judge(rows, around, found)
    if trial:
        return _told(judged)
    if assumed.register is not None:
        judged.renumber(assumed.register(judged.places()))
    made = _insert(judged, around, by=by, at=at, publish=publish)
    _update(judged.changed, around, by=by, at=at, publish=publish)
    _keep_statements(judged, made, around)
    _tell(judged.changed, made, by=by, at=at, detail={"import": True, **(detail or {})})
    return _told(judged, made)


def _look(
    rows: Sequence[Numbered], *, at: dt.datetime, assumed: Assumed, trial: bool
) -> tuple[Found, Surroundings]:
    stated = [row.values for _, row in rows]
    holders = holders_of(stated)
    belongs = {place: number for place, row in rows if (number := _number(row, holders))}
    numbers = sorted(set(belongs.values()))
    held = Entry.objects.filter(number__in=numbers).order_by("number")
    if not trial:
        held = held.select_for_update()
    entries = {entry.number: entry for entry in held} if numbers else {}
    said = last_statements(entries)
    news = {number for place, row in rows if (number := belongs.get(place)) in entries}
    news -= {
        number
        for place, row in rows
        if (number := belongs.get(place)) in news
        and entries[number].state != EntryState.WITHDRAWN
        and says_nothing_new(row, number, said)
    }
    contents = values_of_many(sorted(news))
    versions = {(number, entries[number].version): one for number, one in contents.items()}
    older = {(number, one.version) for (number, _), one in said.items() if number in news}
    older |= {(number, row.based_on) for _, row in rows if (number := row.number) and row.based_on}
    versions |= contents_at(older - versions.keys())
    # what an entry keeps from before must be known as well
    around = survey([*stated, *contents.values()], today=at.date())
    if assumed != NOTHING:
        known = replace(
            around.known,
            organisations={*around.known.organisations, *assumed.organisations},
            sources={*around.known.sources, *assumed.sources},
        )
        around = replace(around, known=known)
    return Found(entries, contents, said, versions, absorbed_by(entries)), around


def _number(row: ImportedRow, holders: dict[tuple[str, str], int]) -> int | None:
    try:
        return entry_of(row, holders)
    except RuleBroken:
        return None  # told when it is judged


def _insert(
    judged: Judged,
    around: Surroundings,
    *,
    by: Person | None,
    at: dt.datetime,
    publish: bool,
) -> list[Entry]:
    values = [row.made for _, row in judged.new]
    made = writer.insert(values, around, by=by, at=at, publish=publish, reason=Cause.IMPORT)
    return [entry for entry, _ in made]


def _update(
    changes: Sequence[Change],
    around: Surroundings,
    *,
    by: Person | None,
    at: dt.datetime,
    publish: bool,
) -> None:
    back = [change.entry for change in changes if change.back]
    for entry in back:
        entry.state = EntryState.PUBLISHED if publish else EntryState.UNPUBLISHED
        entry.withdrawn_at, entry.withdrawal_reason, entry.merged_into = None, "", None
        entry.changed_at = at
        if publish:
            entry.published_at = entry.published_at or at
            entry.published_version = entry.version
    pairs = [(change.entry, change.values) for change in changes if change.values is not None]
    if pairs:
        writer.update(pairs, around, by=by, at=at, reason=Cause.IMPORT)
    if back:
        writer.save_many(back, STATE_FIELDS)
        if publish:
            newest = EntryVersion.objects.filter(
                entry__in=[entry.number for entry in back], number=F("entry__version")
            )
            rows = list(newest.filter(public=False).values_list("pk", flat=True))
            EntryVersion.objects.filter(pk__in=rows).update(public=True)


def _keep_statements(judged: Judged, made: Sequence[Entry], around: Surroundings) -> None:
    rows = [row for _, row in judged.new]
    numbers = [entry.number for entry in made]
    keep_first_statements(zip(numbers, rows, strict=True), single=around.single)
    keep_statements(
        ImportedStatement(
            entry=change.entry,
            system=change.row.speaker,
            version=change.entry.version,
            fingerprint=fingerprint(change.row) if change.settled else "",
            differs=change.differs,
        )
        for change in judged.changed
        if change.row.speaker
    )


def _tell(
    changes: Sequence[Change],
    made: Sequence[Entry],
    *,
    by: Person | None,
    at: dt.datetime,
    detail: dict[str, Any],
) -> None:
    """History, index and whoever listens."""
    back = [change.entry for change in changes if change.back]
    revised = [c.entry for c in changes if c.values is not None and not c.back]
    touched = [*made, *back, *revised]
    if not touched:
        return
    record_many(verb="created", of=made, by=by, at=at, detail=detail)
    record_many(verb="restored", of=back, by=by, at=at, detail=detail)
    record_many(verb="revised", of=revised, by=by, at=at, detail=detail)
    if public := [entry.number for entry in touched if entry.state == EntryState.PUBLISHED]:
        note(public, at)
    signals.entries_imported.send(
        sender=Entry,
        created=[entry.number for entry in made],
        updated=[entry.number for entry in [*back, *revised]],
        by=by,
        at=at,
    )


def _told(judged: Judged, made: Sequence[Entry] | None = None) -> list[Verdict]:
    """The verdicts by place; without ``made``, those of a trial."""
    verdicts = list(judged.verdicts)
    for order, (place, _) in enumerate(judged.new):
        number = made[order].number if made is not None else None
        after = 1 if made is not None else None
        verdicts.append(Verdict(place, Outcome.CREATED, number, version_after=after))
    for change in judged.changed:
        outcome = Outcome.UPDATED if change.values is not None else Outcome.UNCHANGED
        after = change.entry.version
        if made is None and outcome is Outcome.UPDATED:
            after = None
        verdicts.append(
            Verdict(
                change.place,
                Outcome.CREATED if change.back else outcome,
                change.entry.number,
                version_before=None if change.back else change.version_before,
                version_after=after,
                notes=change.notes,
                values=change.values if made is None else None,
            )
        )
    return sorted(verdicts, key=lambda verdict: verdict.row)
