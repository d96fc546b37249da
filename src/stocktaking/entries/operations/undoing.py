"""Taking back what an import did to entries, where nobody has changed them since."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry, ImportedStatement, Merging
from stocktaking.entries.operations import rows as writer
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.statements import contents_at
from stocktaking.entries.operations.surroundings import survey
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Cause, EntryState, reason_of_undoing
from stocktaking.history.operations import record_many

STATE_FIELDS = ["state", "withdrawn_at", "withdrawal_reason", "changed_at"]


@dataclass(frozen=True)
class Done:
    """What an import did to one entry: it made it (``version_before`` is None) or changed it."""

    number: int
    version_before: int | None
    version_after: int


def undo_chunk(
    *,
    done: Sequence[Done],
    batch: int,
    since: dt.datetime,
    by: Person | None,
    at: dt.datetime,
    trial: bool = False,
) -> set[int]:
    """Undo what import number ``batch`` did to at most 500 entries; the numbers of those undone.

    One that it made is withdrawn, one that it changed gets its former content back as a new
    version. Left alone is what has other content by now, is withdrawn already, was confirmed
    as correct after ``since``, or took in another entry, whose number leads to it. A ``trial``
    writes nothing.
    """
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
        require(by, Capability.WITHDRAW_ENTRIES)
    with transaction.atomic():
        rows = Entry.objects.filter(number__in=[one.number for one in done]).order_by("number")
        entries = {entry.number: entry for entry in (rows if trial else rows.select_for_update())}
        contents = contents_at(_places(done, entries))
        open_ = [one for one in done if _untouched(one, entries[one.number], contents, since)]
        led_to = _led_to([one.number for one in open_ if one.version_before is None])
        open_ = [one for one in open_ if one.number not in led_to]
        if not trial and open_:
            made = [entries[one.number] for one in open_ if one.version_before is None]
            changed = [one for one in open_ if one.version_before is not None]
            _withdraw(made, batch, by, at)
            _restore(changed, entries, contents, batch, by, at)
    return {one.number for one in open_}


def _led_to(numbers: list[int]) -> set[int]:
    """Those of the entries that an import made to which the number of a merged one leads."""
    if not numbers:
        return set()
    rows = Merging.objects.filter(kept__in=numbers, undone_at=None)
    return set(rows.values_list("kept", flat=True))


def _places(done: Sequence[Done], entries: dict[int, Entry]) -> set[tuple[int, int]]:
    places = {(one.number, one.version_before) for one in done if one.version_before is not None}
    for one in done:
        if (now := entries[one.number].version) != one.version_after:
            places |= {(one.number, now), (one.number, one.version_after)}
    return places


def _untouched(
    one: Done,
    entry: Entry,
    contents: dict[tuple[int, int], EntryValues],
    since: dt.datetime,
) -> bool:
    if entry.state == EntryState.WITHDRAWN:
        return False
    if entry.confirmed_on is not None and entry.confirmed_on >= since.date():
        return False
    # a later import that was undone has left the same content under another number
    return (
        entry.version == one.version_after
        or contents[one.number, entry.version] == contents[one.number, one.version_after]
    )


def _withdraw(entries: list[Entry], batch: int, by: Person | None, at: dt.datetime) -> None:
    for entry in entries:
        entry.state = EntryState.WITHDRAWN
        entry.withdrawn_at, entry.withdrawal_reason = at, reason_of_undoing(batch)
        entry.changed_at = at
    writer.save_many(entries, STATE_FIELDS)
    _tell("withdrawn", entries, batch, by, at)
    for entry in entries:
        signals.entry_withdrawn.send(sender=Entry, entry=entry, by=by, at=at)


def _restore(
    changed: list[Done],
    entries: dict[int, Entry],
    contents: dict[tuple[int, int], EntryValues],
    batch: int,
    by: Person | None,
    at: dt.datetime,
) -> None:
    pairs = [
        (entries[one.number], contents[one.number, one.version_before])
        for one in changed
        if one.version_before is not None
    ]
    if not pairs:
        return
    around = survey([values for _, values in pairs], today=at.date())
    writer.update(pairs, around, by=by, at=at, reason=Cause.IMPORT_UNDONE)
    # what the source said then was not said; the statement before counts again
    after = {(one.number, one.version_after) for one in changed}
    rows = ImportedStatement.objects.filter(
        entry__in=[number for number, _ in after], version__in=[version for _, version in after]
    ).values_list("pk", "entry_id", "version")
    said = [pk for pk, number, version in rows if (number, version) in after]
    ImportedStatement.objects.filter(pk__in=said).delete()
    _tell("revised", [entry for entry, _ in pairs], batch, by, at)
    for entry, _ in pairs:
        signals.entry_revised.send(sender=Entry, entry=entry, by=by, at=at)


def _tell(verb: str, entries: list[Entry], batch: int, by: Person | None, at: dt.datetime) -> None:
    detail: dict[str, Any] = {"undone_import": batch}
    record_many(verb=verb, of=entries, by=by, at=at, detail=detail)
    if entries:
        note([entry.number for entry in entries], at)
