"""Somebody who knows says that an entry is still correct."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry
from stocktaking.entries.operations.locking import locked, note
from stocktaking.entries.operations.refusals import refused
from stocktaking.entries.permissions import require_acting
from stocktaking.entries.states import EntryState
from stocktaking.history.operations import record


def confirm_entry_correct(*, number: int, by: Person | None, at: dt.datetime) -> Entry:
    """The entry is as it should be today. No new version: nothing of it changes.

    ``by`` acts for its organisation or edits entries; None where the right to say so was
    proved in another way, as by the link of a mail.
    """
    with transaction.atomic():
        entry = locked(number)
        if by is not None and not can(by, Capability.EDIT_ENTRIES):
            require_acting(by, entry)
        if entry.state != EntryState.PUBLISHED:
            raise refused("not_published", "number")
        if entry.confirmed_on == at.date():
            return entry
        entry.confirmed_on = at.date()
        entry.save(update_fields=["confirmed_on"])
        record(verb="entry_confirmed", of=entry, by=by, at=at, detail={"version": entry.version})
        note([number], at)
        signals.entry_confirmed.send(sender=Entry, entry=entry, by=by, at=at)
    return entry
