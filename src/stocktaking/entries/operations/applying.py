"""Giving a locked entry new content; who may do so was asked before."""

import datetime as dt
from dataclasses import replace
from typing import Any

from stocktaking.accounts.models import Person
from stocktaking.entries import signals
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import rows
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.refusals import all_of
from stocktaking.entries.operations.surroundings import survey
from stocktaking.entries.queries.values import values_of
from stocktaking.entries.rules.acceptance import faults
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import EntryState
from stocktaking.history.operations import record


def apply(
    entry: Entry,
    values: EntryValues,
    *,
    by: Person | None,
    at: dt.datetime,
    reason: str = "",
    verb: str = "revised",
    detail: dict[str, Any] | None = None,
) -> bool:
    """One version more, its record, its signal, its note for the index; False where the values
    change nothing. RulesBroken with every fault where they cannot be accepted. Called within
    the transaction that holds the entry."""
    before = values_of(entry.number)
    values = tidy(values)
    values = replace(values, registered_on=values.registered_on or before.registered_on)
    around = survey([values], today=at.date())
    if found := faults(values, around.for_entry(entry.number), before):
        raise all_of(found)
    if values == before:
        return False
    rows.update([(entry, values)], around, by=by, at=at, reason=reason)
    told = {"version": entry.version, **({"reason": reason} if reason else {}), **(detail or {})}
    record(verb=verb, of=entry, by=by, at=at, detail=told)
    if entry.state == EntryState.PUBLISHED:
        note([entry.number], at)
    signals.entry_revised.send(sender=Entry, entry=entry, by=by, at=at)
    return True
