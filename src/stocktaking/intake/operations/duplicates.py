"""Deciding about two entries that look like one project: one, or two; and taking it back."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Merging
from stocktaking.entries.operations import merge_entries, part_entries
from stocktaking.entries.rules.merging import Take
from stocktaking.history.operations import record
from stocktaking.intake.models import DuplicateFamily, DuplicatePair
from stocktaking.intake.operations.following import follow_back, follow_into
from stocktaking.intake.operations.refusals import refused, stale
from stocktaking.intake.queries.duplicates import replies_waiting
from stocktaking.intake.states import PairState

NOTE_MAX = 500


def set_apart(
    *, pair_id: int, based_on: int, note: str = "", by: Person | None, at: dt.datetime
) -> DuplicatePair:
    """They are two projects. It is remembered, and asked again only where one of them changed so
    that they are more alike than they were. Done twice, it changes nothing."""
    _require(by)
    with transaction.atomic():
        row = _held(pair_id)
        if row.state == PairState.APART:
            return row
        _check(row, based_on)
        row.note = " ".join(note.split())[:NOTE_MAX]
        _decide(row, PairState.APART, by, at)
        record(
            verb="duplicates_set_apart",
            of=row,
            by=by,
            at=at,
            detail={"entries": [row.first_id, row.second_id], "score": row.score},
        )
    return row


def ask_again(*, pair_id: int, based_on: int, by: Person | None, at: dt.datetime) -> DuplicatePair:
    """Take back that they are two projects."""
    _require(by)
    with transaction.atomic():
        row = _held(pair_id)
        if row.state == PairState.OPEN:
            return row
        if row.state == PairState.MERGED:
            raise refused("pair_decided")
        if row.lock != based_on:
            raise stale("stale_pair")
        _decide(row, PairState.OPEN, None, None)
        record(verb="duplicates_reopened", of=row, by=by, at=at, detail={"score": row.score})
    return row


def merge_pair(
    *,
    kept: int,
    merged: int,
    based_on: tuple[int, int],
    chosen: Mapping[str, Take],
    by: Person | None,
    at: dt.datetime,
) -> DuplicatePair:
    """The two entries become one (``entries.operations.merge_entries``), whether or not they were
    found alike; what names the one that goes follows it. Other pairs of it are asked no more."""
    _require(by)
    with transaction.atomic():
        first, second = sorted((kept, merged))
        # held before the entries are, as by undo_merge
        held = DuplicatePair.objects.select_for_update()
        held.filter(first=first, second=second).first()
        done = merge_entries(
            kept=kept, merged=merged, based_on=based_on, chosen=chosen, by=by, at=at
        )
        if replies_waiting(merged):
            raise refused("replies_wait", "merged")
        # the job that looks through the register may have found the two in this moment
        by_hand = {"score": 0, "marks": "", "found_at": at, "seen_at": at}
        row, _made = held.get_or_create(first_id=first, second_id=second, defaults=by_hand)
        row.merging = done
        row.moved = follow_into(kept=kept, merged=merged)
        _decide(row, PairState.MERGED, by, at)
        DuplicatePair.objects.filter(
            Q(first=merged) | Q(second=merged), state=PairState.OPEN
        ).delete()
    return row


def undo_merge(*, merging: int, by: Person | None, at: dt.datetime) -> Merging:
    """Two entries again; the pair is asked about again."""
    _require(by)
    with transaction.atomic():
        row = DuplicatePair.objects.select_for_update().filter(merging=merging).first()
        done = part_entries(merging=merging, by=by, at=at)
        if row is not None:
            follow_back(row.moved, kept=done.kept_id, merged=done.merged_id)
            row.moved, row.merging = {}, None
            _decide(row, PairState.OPEN, None, None)
    return done


def settle_family(*, family_id: int, by: Person | None, at: dt.datetime) -> DuplicateFamily:
    """Somebody has looked: it is a series. It is not shown again, however it grows."""
    _require(by)
    with transaction.atomic():
        row = DuplicateFamily.objects.select_for_update().filter(pk=family_id).first()
        if row is None:
            raise refused("family_unknown")
        if row.settled_at is None:
            row.settled_at, row.settled_by_id = at, by.pk if by else None
            row.save(update_fields=["settled_at", "settled_by_id"])
            record(verb="family_settled", of=row, by=by, at=at, detail={"size": row.size})
    return row


def _require(by: Person | None) -> None:
    if by is not None:
        require(by, Capability.MERGE_ENTRIES)


def _held(pair_id: int) -> DuplicatePair:
    row = DuplicatePair.objects.select_for_update().filter(pk=pair_id).first()
    if row is None:
        raise refused("pair_unknown")
    return row


def _check(row: DuplicatePair, based_on: int) -> None:
    if row.state != PairState.OPEN:
        raise refused("pair_decided")
    if row.lock != based_on:
        raise stale("stale_pair")


def _decide(
    row: DuplicatePair, state: PairState, by: Person | None, at: dt.datetime | None
) -> None:
    row.state = state
    row.decided_at, row.decided_by_id = at, by.pk if by else None
    row.lock += 1
    row.save()
