"""Creating and revising one entry."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import rows
from stocktaking.entries.operations.applying import apply
from stocktaking.entries.operations.locking import locked, note
from stocktaking.entries.operations.refusals import MESSAGES, all_of
from stocktaking.entries.operations.states import publish_entry
from stocktaking.entries.operations.surroundings import survey
from stocktaking.entries.rules.acceptance import faults
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues
from stocktaking.history.operations import record
from stocktaking.kernel.errors import StaleVersion


def create_entry(
    *,
    values: EntryValues,
    by: Person | None,
    at: dt.datetime,
    publish: bool = False,
    submitted_by: Person | None = None,
) -> Entry:
    """A new entry. RulesBroken with every fault where the values cannot be accepted.

    ``submitted_by`` is who sent what ``by`` accepted; without it, ``by``.
    """
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
        if publish:
            require(by, Capability.PUBLISH_ENTRIES)
    values = tidy(values)
    with transaction.atomic():
        around = survey([values], today=at.date())
        if found := faults(values, around.for_entry(None)):
            raise all_of(found)
        [(entry, _)] = rows.insert([values], around, by=by, at=at, publish=publish)
        if submitted_by is not None and submitted_by != by:
            entry.submitted_by = submitted_by
            entry.save(update_fields=["submitted_by"])
        record(verb="created", of=entry, by=by, at=at, detail={"version": 1, "published": publish})
        signals.entry_created.send(sender=Entry, entry=entry, by=by, at=at)
        if publish:
            note([entry.number], at)
            signals.entry_published.send(sender=Entry, entry=entry, by=by, at=at)
    return entry


def revise_entry(
    *,
    number: int,
    values: EntryValues,
    based_on: int,
    by: Person | None,
    at: dt.datetime,
    reason: str = "",
    publish: bool = False,
) -> Entry:
    """New content for an entry. What is published stays so, with the new content.

    ``based_on`` is the version that the change was made from; StaleVersion where it is not
    the newest any more. Values that change nothing make no version. ``publish`` shows it to
    everybody as ``publish_entry`` does: both happen or neither.
    """
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
        if publish:
            require(by, Capability.PUBLISH_ENTRIES)
    with transaction.atomic():
        entry = locked(number)
        if entry.version != based_on:
            raise StaleVersion("stale_version", MESSAGES["stale_version"])
        apply(entry, values, by=by, at=at, reason=reason)
        return publish_entry(number=number, by=by, at=at) if publish else entry
