"""Counting acts in the database, where all processes of an installation see them."""

import datetime as dt

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from stocktaking.guards.models import RequestPace
from stocktaking.guards.rules.pace import Pace, microseconds
from stocktaking.kernel.errors import RuleBroken

# Looks and writes in one statement: of two at the same time one waits and sees what the other
# wrote. Where the pace is used up the row stays as it is, so that insisting costs nothing.
TAKE = """
    INSERT INTO guards_requestpace (scope, "key", paid_until) VALUES (%s, %s, %s)
    ON CONFLICT (scope, "key") DO UPDATE SET paid_until =
        CASE WHEN guards_requestpace.paid_until > %s THEN guards_requestpace.paid_until ELSE %s END
        + %s
    WHERE guards_requestpace.paid_until <= %s
"""


class TooMany(RuleBroken):
    """Too often; ``retry_after`` says in how many seconds it may be tried again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many", _("Too many tries. Wait a few minutes, then try again."))
        self.retry_after = retry_after


def take(*, scope: str, key: str, most: int, every: dt.timedelta, at: dt.datetime) -> None:
    """Use one of the ``most`` acts that ``key`` has in ``every``; TooMany where none is left.

    ``scope`` names the act and stands in rows for ever; ``key`` is whose pace it is (an account,
    a network) and is kept as a keyed hash only. A refused act does not count.
    """
    pace, now, hashed = Pace(most, every), microseconds(at), keyed(key)
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE, [scope, hashed, pace.after(now, now), now, now, pace.step, now + pace.slack]
        )
        taken = cursor.rowcount > 0
    if not taken:
        row = RequestPace.objects.filter(scope=scope, key=hashed).first()
        raise TooMany(pace.wait(row.paid_until if row else now, now))


def keyed(key: str) -> str:
    """A hash that nobody without the key of the installation can compare with addresses."""
    return salted_hmac("stocktaking.guards.pace", key, algorithm="sha256").hexdigest()


def forget_paces(*, before: dt.datetime) -> int:
    """Remove the rows of keys that are not ahead any more; the number removed."""
    return RequestPace.objects.filter(paid_until__lt=microseconds(before)).delete()[0]
