"""Doing a transaction again that met another one."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError

ATTEMPTS = 4
# serialization_failure, deadlock_detected: PostgreSQL ended this one so that another could go on
_AGAIN = ("40001", "40P01")
T = TypeVar("T")


def retried(work: Callable[[], T]) -> T:
    """The outcome of ``work``, a whole transaction; tried again where another one has made the
    same rows in this moment (now they are found), or the database ended one of two that waited
    for each other. The last error passes through."""
    for _ in range(ATTEMPTS - 1):
        try:
            return work()
        except IntegrityError:
            continue
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in _AGAIN:
                raise
    return work()
