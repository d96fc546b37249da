"""Keeping entries in step with the organisations they belong to."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from stocktaking.accounts.models import Person
from stocktaking.entries import signals
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import rows
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.surroundings import survey
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Cause, EntryState
from stocktaking.history.operations import record_many

CHUNK = 500


def owner_changed(*, number: int, at: dt.datetime) -> None:
    """Tell the index that an organisation's entries show another name, type or country."""
    rows_of = Entry.objects.filter(organisation=number, state=EntryState.PUBLISHED)
    note(rows_of.values_list("number", flat=True), at)


def owners_merged(*, kept: int, merged: int, by: Person | None, at: dt.datetime) -> None:
    """Give the entries of a merged organisation, and partnerships, to the one that stays."""
    numbers = list(
        Entry.objects.filter(Q(organisation=merged) | Q(partners__organisation=merged))
        .distinct()
        .order_by("number")
        .values_list("number", flat=True)
    )
    for start in range(0, len(numbers), CHUNK):
        _move(numbers[start : start + CHUNK], kept, merged, by, at)


@transaction.atomic
def _move(numbers: list[int], kept: int, merged: int, by: Person | None, at: dt.datetime) -> None:
    entries = list(Entry.objects.select_for_update().filter(number__in=numbers).order_by("number"))
    before = values_of_many(numbers)
    pairs = [(entry, _with_owner(before[entry.number], kept, merged)) for entry in entries]
    around = survey([values for _, values in pairs], today=at.date())
    rows.update(pairs, around, by=by, at=at, reason=Cause.ORGANISATIONS_MERGED)
    record_many(verb="revised", of=entries, by=by, at=at, detail={"organisation": kept})
    note([e.number for e in entries if e.state == EntryState.PUBLISHED], at)
    for entry in entries:
        signals.entry_revised.send(sender=Entry, entry=entry, by=by, at=at)


def _with_owner(values: EntryValues, kept: int, merged: int) -> EntryValues:
    return replace(
        values,
        organisation=kept if values.organisation == merged else values.organisation,
        partners=tuple(
            replace(p, organisation=kept) if p.organisation == merged else p
            for p in values.partners
        ),
    )
