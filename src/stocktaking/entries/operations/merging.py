"""Two entries of one project become one; and two again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry, Merging
from stocktaking.entries.operations import rows
from stocktaking.entries.operations.handing_over import (
    absorbed,
    hand_over,
    take_back,
)
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.refusals import MESSAGES, all_of, refused
from stocktaking.entries.operations.statements import absorbed_by, as_of_now, contents_at
from stocktaking.entries.operations.surroundings import survey
from stocktaking.entries.queries.merging import single_schemes, union_of
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.rules.acceptance import faults
from stocktaking.entries.rules.merging import Take, undone
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Cause, EntryState
from stocktaking.history.operations import record
from stocktaking.kernel.errors import StaleVersion


def merge_entries(
    *,
    kept: int,
    merged: int,
    based_on: tuple[int, int],
    by: Person | None,
    at: dt.datetime,
    chosen: Mapping[str, Take] | None = None,
) -> Merging:
    """Entry ``kept`` says all that the two say, and the number ``merged`` leads to it.

    ``chosen`` is what is taken where both say something else (``rules.merging``), ``based_on`` are
    the versions of the two that somebody saw. Identifiers move; every version of both stays.
    ``entry_itself``, ``entry_unknown``, ``move_refused`` unless the one that stays is published and
    the other one is not withdrawn; RulesBroken where the two together are not acceptable.
    """
    _require(by)
    with transaction.atomic():
        stays, goes = _both_locked(kept, merged)
        if stays.state != EntryState.PUBLISHED or goes.state == EntryState.WITHDRAWN:
            raise refused("merge_refused", "kept")
        if (stays.version, goes.version) != based_on:
            raise StaleVersion("stale_version", MESSAGES["stale_version"])
        before = values_of_many([kept, merged])
        found = union_of(before[kept], before[merged], chosen=chosen)
        row = Merging(
            kept=stays,
            merged=goes,
            kept_before=stays.version,
            merged_before=goes.version,
            was_published=goes.state == EntryState.PUBLISHED,
            at=at,
            by_id=by.pk if by else None,
        )
        # first: an identifier belongs to one entry at a time
        _write(goes, replace(before[merged], identifiers=()), before[merged], by, at)
        _write(stays, found.values, _inherited(before[kept], before[merged]), by, at)
        goes.state, goes.merged_into = EntryState.WITHDRAWN, stays
        goes.withdrawn_at, goes.withdrawal_reason = at, Cause.MERGED
        goes.changed_at = at
        goes.save(update_fields=_STATE)
        row.kept_after = stays.version
        row.absorbed = absorbed(before[kept], before[merged], already=absorbed_by([merged]))
        row.save()
        hand_over(merged=merged, kept=kept, version=stays.version, content=found.values)
        _record("entry_merged_away", goes, by, at, into=kept)
        _record("entry_took_in", stays, by, at, merged=merged)
        note([kept, merged], at)
        signals.entries_merged.send(sender=Merging, merging=row, by=by, at=at)
    return row


def part_entries(*, merging: int, by: Person | None, at: dt.datetime) -> Merging:
    """Undo a merge: the merged entry says again what it said, under its own number; the other one
    loses what came from it, but for what was changed since.

    ``merging_unknown``, ``merging_undone``; ``merge_later`` where the entry that stayed went into
    another one since, or is withdrawn: that is undone first.
    """
    _require(by)
    with transaction.atomic():
        row = Merging.objects.select_for_update().filter(pk=merging).first()
        if row is None:
            raise refused("merging_unknown")
        if row.undone_at is not None:
            raise refused("merging_undone")
        stays, goes = _both_locked(row.kept_id, row.merged_id)
        if stays.state != EntryState.PUBLISHED or goes.merged_into_id != stays.number:
            raise refused("merge_later")
        places = {(stays.number, row.kept_before), (stays.number, row.kept_after)}
        said = as_of_now(contents_at({*places, (goes.number, row.merged_before)}))
        former = said[goes.number, row.merged_before]
        now = values_of_many([stays.number])[stays.number]
        without = undone(
            said[stays.number, row.kept_before],
            said[stays.number, row.kept_after],
            now,
            single=single_schemes(),
        )
        own = {(one.system, one.value) for one in former.identifiers}
        without = replace(
            without,
            identifiers=tuple(
                one for one in without.identifiers if (one.system, one.value) not in own
            ),
        )
        _write(stays, without, now, by, at, reason=Cause.MERGE_UNDONE)
        goes.state = EntryState.PUBLISHED if row.was_published else EntryState.UNPUBLISHED
        goes.withdrawn_at, goes.withdrawal_reason, goes.merged_into = None, "", None
        goes.save(update_fields=_STATE)
        _write(goes, former, former, by, at, reason=Cause.MERGE_UNDONE)
        take_back(merged=goes.number, kept=stays.number, before=row.kept_before)
        row.undone_at, row.undone_by_id = at, by.pk if by else None
        row.save(update_fields=["undone_at", "undone_by_id"])
        _record("entry_parted", goes, by, at, **{"from": stays.number})
        _record("entry_gave_back", stays, by, at, merged=goes.number)
        note([stays.number, goes.number], at)
        signals.entries_parted.send(sender=Merging, merging=row, by=by, at=at)
    return row


_STATE = ["state", "merged_into", "withdrawn_at", "withdrawal_reason", "changed_at"]


def _require(by: Person | None) -> None:
    if by is not None:
        require(by, Capability.MERGE_ENTRIES)


def _both_locked(one: int, other: int) -> tuple[Entry, Entry]:
    """Always in the order of their numbers, so that two who merge the same wait for each other."""
    if one == other:
        raise refused("entry_itself", "merged")
    held = {
        entry.number: entry
        for entry in Entry.objects.select_for_update()
        .filter(number__in=[one, other])
        .order_by("number")
    }
    if len(held) < 2:
        raise refused("entry_unknown", "merged")
    return held[one], held[other]


def _inherited(ours: EntryValues, theirs: EntryValues) -> EntryValues:
    """What was held before, so that a term retired since may stay, whichever of the two had it."""
    return replace(ours, terms=ours.terms + theirs.terms)


def _write(
    entry: Entry,
    values: EntryValues,
    before: EntryValues,
    by: Person | None,
    at: dt.datetime,
    *,
    reason: str = Cause.MERGED,
) -> None:
    """One version more, also where it says what the former one said: it is told of in between."""
    around = survey([values], today=at.date())
    if found := faults(values, around.for_entry(entry.number), before):
        raise all_of(found)
    rows.update([(entry, values)], around, by=by, at=at, reason=reason)


def _record(verb: str, entry: Entry, by: Person | None, at: dt.datetime, **detail: int) -> None:
    record(verb=verb, of=entry, by=by, at=at, detail={"version": entry.version, **detail})
