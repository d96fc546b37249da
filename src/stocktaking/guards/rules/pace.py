"""So many at once, then evenly: the generic cell rate algorithm in whole microseconds.

A key has a moment until which it is *paid up*. Each act moves it on by one step, from now at the
earliest; an act is refused where it would be more than ``every`` ahead. One number per key says
all: nothing is counted in windows, so that there is no edge at which twice as much passes.
"""

import datetime as dt
from dataclasses import dataclass

SECOND = 1_000_000  # microseconds
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Pace:
    """``most`` acts at once, and as many again in each ``every``."""

    most: int
    every: dt.timedelta

    def __post_init__(self) -> None:
        if self.most < 1 or self.period < self.most:
            raise ValueError("a pace allows at least one act, at most one per microsecond")

    @property
    def period(self) -> int:
        return self.every // dt.timedelta(microseconds=1)

    @property
    def step(self) -> int:
        """What one act costs."""
        return self.period // self.most

    @property
    def slack(self) -> int:
        """How far ahead a key may be and still act."""
        return self.step * (self.most - 1)

    def allows(self, paid_until: int, at: int) -> bool:
        return paid_until <= at + self.slack

    def after(self, paid_until: int, at: int) -> int:
        """Where an act at ``at`` moves the key to."""
        return max(paid_until, at) + self.step

    def wait(self, paid_until: int, at: int) -> int:
        """Whole seconds until the next act is allowed; at least one."""
        ahead = paid_until - self.slack - at
        return max(1, -(-ahead // SECOND))


def microseconds(at: dt.datetime) -> int:
    return (at - _EPOCH) // dt.timedelta(microseconds=1)
