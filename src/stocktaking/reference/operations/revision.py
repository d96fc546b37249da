"""The number that tells every process to read the framework again."""

import time

from django.db import transaction

from stocktaking.reference.models import Revision
from stocktaking.reference.queries import forget


def lock() -> Revision:
    """The one row, locked: changes of the framework happen one after the other."""
    revision, _ = Revision.objects.select_for_update().get_or_create(pk=1)
    return revision


def bump(revision: Revision) -> int:
    """Give the framework a new number and let this process forget what it knew.

    The number follows the clock and not the row alone: after a rollback it must not come
    again, else a process that read the rows meanwhile would take them for the new ones.
    """
    revision.number = max(revision.number + 1, time.time_ns() // 1000)
    revision.save(update_fields=["number"])
    forget()
    transaction.on_commit(forget)
    return revision.number
