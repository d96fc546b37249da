"""Following the change log for as long as a process lives."""

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from stocktaking.search.engine.reader import reader
from stocktaking.search.operations.index import catch_up
from stocktaking.search.queries import log

INTERVAL = 0.4  # seconds; a change is visible within two
AFTER_FAILURE = 5.0

logger = logging.getLogger(__name__)

_follower: threading.Thread | None = None
_starting = threading.Lock()


def follow(stop: threading.Event) -> None:
    """Take in changes until ``stop`` is set. Any number of processes may do it at once.

    A fault of the database or the disk is logged and tried again; it never ends the loop.
    """
    while not stop.is_set():
        pause = INTERVAL
        try:
            step()
        except (DatabaseError, OSError, ValueError) as error:
            logger.warning("search index cannot follow for now: %s", error)
            pause = AFTER_FAILURE
            close_old_connections()
        stop.wait(pause)
    connection.close()


def step() -> int:
    """One look at the log, and what follows from it. Returns the changes taken in."""
    now = reader(settings.INDEX_DIR).snapshot()
    if now is not None and not log.waiting(now.state):
        return 0
    return catch_up(wait=0)


def ensure_following() -> threading.Thread:
    """Start this process's follower, once; it ends with the process."""
    global _follower
    with _starting:
        if _follower is None or not _follower.is_alive():
            _follower = threading.Thread(
                target=follow, args=(threading.Event(),), name="search-follower", daemon=True
            )
            _follower.start()
    return _follower
