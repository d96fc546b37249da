"""An entry goes to another organisation."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry
from stocktaking.entries.operations.applying import apply
from stocktaking.entries.operations.locking import locked
from stocktaking.entries.queries.values import values_of
from stocktaking.entries.states import Cause


def transfer_entry(*, number: int, organisation: int, by: Person | None, at: dt.datetime) -> Entry:
    """Give an entry to an organisation, with a version that says so. What it says stays.

    RuleBroken ``organisation_unknown`` where there is none with this number or it was merged.
    """
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
    with transaction.atomic():
        entry = locked(number)
        before = values_of(number)
        apply(
            entry,
            replace(before, organisation=organisation),
            by=by,
            at=at,
            reason=Cause.TRANSFER,
            verb="entry_transferred",
            detail={"from": before.organisation, "to": organisation},
        )
    return entry
