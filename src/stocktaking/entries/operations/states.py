"""Publishing and withdrawing."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry, EntryVersion, Merging
from stocktaking.entries.operations.locking import locked, note
from stocktaking.entries.operations.refusals import refused
from stocktaking.entries.states import EntryState, may_move
from stocktaking.history.operations import record


def publish_entry(*, number: int, by: Person | None, at: dt.datetime) -> Entry:
    """Show the newest version to everybody; a withdrawn entry comes back."""
    if by is not None:
        require(by, Capability.PUBLISH_ENTRIES)
    with transaction.atomic():
        entry = locked(number)
        if entry.state == EntryState.PUBLISHED:
            return entry
        if Merging.objects.filter(merged=entry, undone_at=None).exists():
            raise refused("merged_away", "number")
        _move(entry, EntryState.PUBLISHED)
        entry.published_at = entry.published_at or at
        entry.published_version = entry.version
        entry.withdrawn_at, entry.withdrawal_reason, entry.merged_into = None, "", None
        entry.changed_at = at
        entry.save()
        EntryVersion.objects.filter(entry=entry, number=entry.version).update(public=True)
        record(verb="published", of=entry, by=by, at=at, detail={"version": entry.version})
        note([number], at)
        signals.entry_published.send(sender=Entry, entry=entry, by=by, at=at)
    return entry


def withdraw_entry(
    *,
    number: int,
    reason: str,
    by: Person | None,
    at: dt.datetime,
    merged_into: int | None = None,
) -> Entry:
    """Take an entry away; its address answers with a tombstone that gives the reason.

    ``merged_into`` is the number of the published entry that takes its place, if one does.
    """
    if by is not None:
        require(by, Capability.WITHDRAW_ENTRIES)
    if not reason.strip():
        raise refused("reason_missing", "reason")
    with transaction.atomic():
        entry = locked(number)
        _move(entry, EntryState.WITHDRAWN)
        if merged_into is not None:
            _check_successor(merged_into, number)
        entry.withdrawn_at, entry.withdrawal_reason = at, reason.strip()
        entry.merged_into_id = merged_into
        entry.changed_at = at
        entry.save()
        record(verb="withdrawn", of=entry, by=by, at=at, detail={"reason": reason.strip()})
        note([number], at)
        signals.entry_withdrawn.send(sender=Entry, entry=entry, by=by, at=at)
    return entry


def _check_successor(other: int, number: int) -> None:
    """Only a published entry takes a place: two that lead to each other would lead nowhere."""
    # held, so that it is not withdrawn in favour of this one at the same moment
    successor = Entry.objects.select_for_update().filter(number=other).first()
    if successor is None or other == number:
        raise refused("entry_unknown", "merged_into")
    if successor.state != EntryState.PUBLISHED:
        raise refused("move_refused", "merged_into")


def _move(entry: Entry, then: EntryState) -> None:
    if not may_move(EntryState(entry.state), then):
        raise refused("move_refused", "state")
    entry.state = then
