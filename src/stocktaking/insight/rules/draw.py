"""What the date draws: a choice that nobody makes and everybody can repeat."""

import datetime as dt
from random import Random

TRIES = 8  # numbers drawn for each one wanted; withdrawn entries leave holes


def draw(day: dt.date, *, first: int, last: int, wanted: int) -> list[int]:
    """Numbers from ``first`` to ``last`` in the order drawn, up to ``TRIES`` times ``wanted``.

    All of them where there are not more.
    """
    chance = Random(day.isoformat())  # noqa: S311 - must be repeatable, not secret
    span = last - first + 1
    if span <= 0:
        return []
    drawn = chance.sample(range(span), min(span, wanted * TRIES))
    return [first + step for step in drawn]
