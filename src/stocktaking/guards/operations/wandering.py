"""Counting different things that a network looks at, in the shared cache: nothing is written to
the database for a look at a page. Without ``CACHE_URL`` each process counts for itself."""

import datetime as dt
from collections.abc import Sequence
from hashlib import blake2b

from django.core.cache import caches

from stocktaking.guards.operations.pacing import TooMany, keyed
from stocktaking.guards.rules.pace import microseconds
from stocktaking.guards.rules.variety import Seen, Variety

STORE = "paces"
NEIGHBOURS = 256  # addresses of a /24: each may come for the first time


def wander(
    *, scope: str, keys: Sequence[tuple[str, int]], what: str, every: dt.timedelta, at: dt.datetime
) -> None:
    """Look at ``what``, which is for each key one of at most so many different things in
    ``every``; TooMany where it is one too many for any of them, and then it takes no place.

    The keys widen: whoever holds nothing under the first comes for the first time, and is not
    refused for what neighbours did. Two looks at the same moment may both be let through.
    """
    period, now = every // dt.timedelta(microseconds=1), microseconds(at)
    names = [f"{scope}:{keyed(key)}" for key, _most in keys]
    seen = caches[STORE].get_many(names)
    thing = blake2b(what.encode(), digest_size=8).digest()
    kept: dict[str, Seen] = {}
    waits: list[int] = []
    is_first = False
    for place, (name, (_key, most)) in enumerate(zip(names, keys, strict=True)):
        held: Seen = seen.get(name, ())
        variety = Variety(most + NEIGHBOURS if is_first else most, period)
        after = variety.after(held, thing, now)
        if after is None:
            waits.append(variety.wait(held, now))
        elif after != held:
            kept[name] = after
        is_first = is_first or (place == 0 and not variety.held(held, now))
    if waits:
        raise TooMany(max(waits))
    if kept:
        caches[STORE].set_many(kept, timeout=every.total_seconds())
