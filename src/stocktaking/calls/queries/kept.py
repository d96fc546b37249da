"""The windows of all calls as this process knows them: at most a second old.

Every page that is kept for visitors asks for them, and must not ask the database for that. What
is kept are moments, not verdicts: those are computed for the very moment of each request.
"""

import threading
import time
from dataclasses import dataclass

from stocktaking.calls.models import Call
from stocktaking.calls.queries.windows import window_of
from stocktaking.calls.rules.window import Window
from stocktaking.calls.states import CallState

LOOK_AGAIN = 1.0  # seconds between two looks at the rows


@dataclass(frozen=True)
class Known:
    """``lock`` moves with every change to the call."""

    number: int
    lock: int
    state: str
    window: Window


_lock = threading.Lock()
_known: tuple[Known, ...] | None = None
_looked_at = 0.0
_forgotten = 0  # how often; what was being read meanwhile is read again


def windows() -> tuple[Known, ...]:
    """Those of every call that is no draft. One SQL query, at most once a second."""
    global _known, _looked_at
    known = _known
    if known is not None and time.monotonic() - _looked_at < LOOK_AGAIN:
        return known
    forgotten = _forgotten
    found = _read()
    with _lock:
        if forgotten == _forgotten:
            _known, _looked_at = found, time.monotonic()
    return found


def forget() -> None:
    """Look at the rows again at the next call (after a change in this process)."""
    global _known, _forgotten
    with _lock:
        _forgotten += 1
        _known = None


def _read() -> tuple[Known, ...]:
    rows = Call.objects.exclude(state=CallState.DRAFT).only(
        "lock", "state", "opens_at", "closes_at", "zone", "anywhere_on_earth", "grace_minutes"
    )
    return tuple(Known(row.pk, row.lock, row.state, window_of(row)) for row in rows.order_by("pk"))
