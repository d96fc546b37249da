"""Who is to be written to now."""

import datetime as dt

from django.db.models import Q

from stocktaking.follow.models import Subscription
from stocktaking.follow.states import Rhythm, State
from stocktaking.search.queries import data_version


def due_followers(*, at: dt.datetime, version: int | None = None) -> list[int]:
    """The numbers of followers of whom something is due, in order. One SQL query.

    What is told at once is due when the index has changed since the last look at it: so a
    register in which nothing happens costs nothing. Without an index nobody is: nothing could
    be found, and nothing is lost by waiting for it.
    """
    version = data_version() if version is None else version
    if not version:
        return []
    due = due_subscriptions(at=at, version=version)
    rows = Subscription.objects.filter(
        due, follower__state=State.ACTIVE, follower__person__is_active=True
    )
    return sorted(set(rows.order_by().values_list("follower", flat=True).distinct()))


def due_subscriptions(*, at: dt.datetime, version: int) -> Q:
    """The condition under which something that is followed is looked at."""
    by_the_clock = ~Q(rhythm=Rhythm.AT_ONCE)
    by_change = Q(rhythm=Rhythm.AT_ONCE) & ~Q(looked=version)
    return Q(state=State.ACTIVE, next_at__lte=at) & (by_the_clock | by_change)
