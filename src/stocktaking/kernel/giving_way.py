"""Operations that take hold of much, and give way to those that hold a little of it.

Whoever sends a reply holds the reply first and the people and organisations in it after; so do
the others that work on one thing. An operation that begins with a person or an organisation and
goes on to everything that names them (merging, erasing) meets them the other way round: both
would wait for each other. It gives way: it waits a moment only, lets go of all, and begins again.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken

# well under the second after which PostgreSQL looks for deadlocks and ends one of the two
WAIT = "250ms"
PAUSE = 0.15  # seconds for the others to go on
ATTEMPTS = 12
# lock_not_available, deadlock_detected
_OTHERS = ("55P03", "40P01")

Taken = ParamSpec("Taken")
Given = TypeVar("Given")


def giving_way(operation: Callable[Taken, Given]) -> Callable[Taken, Given]:
    """The operation in a transaction of its own that never makes others wait for long.

    RuleBroken ``in_use`` where others hold what it needs for some seconds. What it did until it
    gave way is undone. On SQLite nobody writes at the same time: there it is just a transaction.
    """

    @wraps(operation)
    def run(*args: Taken.args, **stated: Taken.kwargs) -> Given:
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE)
            try:
                with transaction.atomic():
                    before = _patience(WAIT)
                    done = operation(*args, **stated)
                    _patience(before)
                return done
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") not in _OTHERS:
                    raise
        raise RuleBroken(
            "in_use",
            _("Somebody is working with this just now. Nothing was changed. Try again soon."),
        )

    return run


def _patience(wanted: str) -> str:
    """How long this transaction waits for a row from now on; what it was before."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [wanted])
    return before
