"""When somebody is written to: a weekday and an hour of the day where they live."""

import datetime as dt
from zoneinfo import ZoneInfo

from stocktaking.follow.states import Rhythm

# after a mail nobody is written to again for so long, however much happens
QUIET = dt.timedelta(minutes=15)
_DAY = dt.timedelta(days=1)


def next_moment(
    rhythm: Rhythm, *, after: dt.datetime, weekday: int, hour: int, zone: str
) -> dt.datetime:
    """The first moment of a rhythm after another one; both in UTC.

    Weekly: each ``weekday`` (0 is Monday) at ``hour``; monthly: the first such day of a month.
    An hour that a clock skips in spring is the one after it; one that it shows twice in autumn
    is the first of the two. At once: when ``QUIET`` has passed.
    """
    if rhythm is Rhythm.AT_ONCE:
        return after + QUIET
    place = ZoneInfo(zone)
    day = after.astimezone(place).date() - _DAY  # a zone may skip a day, and none skips two
    while True:
        day += _DAY
        if day.weekday() != weekday or (rhythm is Rhythm.MONTHLY and day.day > 7):
            continue
        moment = dt.datetime.combine(day, dt.time(hour), place).astimezone(dt.UTC)
        if moment > after:
            return moment
