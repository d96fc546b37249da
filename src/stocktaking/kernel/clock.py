"""The one clock: the node's time corrected by its measured offset to the database's.

Two web nodes whose clocks disagree must agree on every deadline, so the database's clock
judges. Asking it in every request would cost a round trip; its offset is measured once a
minute instead. On SQLite the host is the database's host and the offset is zero.
"""

import time
from datetime import UTC, datetime, timedelta

from django.db import connection

MEASURE_EVERY = 60.0  # seconds

_offset = timedelta()
_measured_at: float | None = None


def now() -> datetime:
    """The present instant, timezone-aware, in UTC, by the database's clock."""
    return datetime.now(UTC) + offset()


def stamp() -> datetime:
    """The node's own time, asked without the database; ``corrected`` makes a moment of it."""
    return datetime.now(UTC)


def corrected(stamped: datetime) -> datetime:
    """The moment of a ``stamp`` by the database's clock."""
    return stamped + offset()


def offset() -> timedelta:
    """Database time minus node time, measured again when older than a minute."""
    global _offset, _measured_at
    if connection.vendor != "postgresql":
        return timedelta()
    if _measured_at is None or time.monotonic() - _measured_at > MEASURE_EVERY:
        _offset = _measure()
        _measured_at = time.monotonic()
    return _offset


def _measure() -> timedelta:
    before = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    after = datetime.now(UTC)
    # half of the round trip is the best guess of when the server looked
    return theirs - (before + (after - before) / 2)
