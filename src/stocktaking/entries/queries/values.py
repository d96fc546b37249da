"""The newest content of entries, as the values that were saved."""

from collections.abc import Sequence

from django.db.models import F

from stocktaking.entries.models import EntryVersion
from stocktaking.entries.rules.snapshots import from_json
from stocktaking.entries.rules.values import EntryValues


def values_of(number: int) -> EntryValues:
    """The content of an entry; LookupError where there is no such entry."""
    found = values_of_many([number])
    if number not in found:
        raise LookupError(f"no entry {number}")
    return found[number]


def values_of_many(numbers: Sequence[int]) -> dict[int, EntryValues]:
    """The content of several entries by their number, in one statement."""
    if not numbers:
        return {}
    rows = EntryVersion.objects.filter(entry__in=numbers, number=F("entry__version")).values_list(
        "entry_id", "snapshot"
    )
    return {number: from_json(snapshot) for number, snapshot in rows}
