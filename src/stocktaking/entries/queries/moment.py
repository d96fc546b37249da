"""When an entry last changed: the cheapest question about it."""

import datetime as dt

from stocktaking.entries.models import Entry


def last_changed(number: int) -> tuple[str, dt.datetime] | None:
    """State and moment of the last change; None where there is no such entry. One SQL query."""
    return Entry.objects.filter(number=number).values_list("state", "changed_at").first()
