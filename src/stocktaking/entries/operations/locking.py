"""The row of an entry, held until the end of the transaction, and word of its change."""

import datetime as dt
from collections.abc import Iterable

from stocktaking.entries.models import Entry
from stocktaking.entries.operations.refusals import refused
from stocktaking.search.operations import note_change


def locked(number: int) -> Entry:
    """The entry, or RuleBroken ``entry_unknown``."""
    try:
        return Entry.objects.select_for_update().get(number=number)
    except Entry.DoesNotExist:
        raise refused("entry_unknown", "number") from None


def note(numbers: Iterable[int], at: dt.datetime) -> None:
    """Tell the search index, in the transaction of the change."""
    note_change(kind="entry", keys=[str(number) for number in numbers], at=at)
