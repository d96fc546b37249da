"""What is done again and again: rows that have served their time are removed.

The search index's change log stays: its length is the data version that every node's answers
and ETags agree on.
"""

import datetime as dt
import threading

from django.core.management import call_command

from stocktaking.accounts.operations.expiry import remove_spent_links
from stocktaking.history.operations import forget_answers
from stocktaking.kernel import clock

EVERY = 3600.0  # seconds
KEEP_ANSWERS = dt.timedelta(days=2)


def tick(*, at: dt.datetime) -> dict[str, int]:
    """Do all periodic work once; returns how many rows of each kind were removed."""
    call_command("clearsessions")
    return {
        "sign-in links": remove_spent_links(before=at),
        "kept answers": forget_answers(before=at - KEEP_ANSWERS),
    }


def tick_until(stop: threading.Event) -> None:
    """Tick at once and then every hour, until told to stop."""
    while True:
        tick(at=clock.now())
        if stop.wait(EVERY):
            return
