"""Counting different things that a network looks at, in the shared cache: nothing is written to
the database for a look at a page. Without ``CACHE_URL`` each process counts for itself."""

import datetime as dt
from hashlib import blake2b

from django.core.cache import caches

from stocktaking.guards.operations.pacing import TooMany, keyed
from stocktaking.guards.rules.pace import microseconds
from stocktaking.guards.rules.variety import Variety

STORE = "paces"


def wander(
    *, scope: str, key: str, what: str, most: int, every: dt.timedelta, at: dt.datetime
) -> None:
    """Look at ``what``, which is one of at most ``most`` different things in ``every``; TooMany
    where it is one too many. Two looks at the same moment may both be let through."""
    variety, now = Variety(most, every // dt.timedelta(microseconds=1)), microseconds(at)
    name = f"{scope}:{keyed(key)}"
    seen = caches[STORE].get(name, ())
    after = variety.after(seen, blake2b(what.encode(), digest_size=8).digest(), now)
    if after is None:
        raise TooMany(variety.wait(seen, now))
    if after != seen:
        caches[STORE].set(name, after, timeout=every.total_seconds())
