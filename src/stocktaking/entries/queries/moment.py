"""When an entry last changed: the cheapest question about it."""

import datetime as dt

from stocktaking.entries.models import Entry


def last_changed(number: int) -> tuple[str, dt.datetime, dt.date | None] | None:
    """State, moment of the last change, day of the last confirmation; None where there is no
    such entry. One SQL query."""
    rows = Entry.objects.filter(number=number)
    return rows.values_list("state", "changed_at", "confirmed_on").first()
