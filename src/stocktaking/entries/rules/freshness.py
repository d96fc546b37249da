"""How long ago somebody last vouched for an entry, in three words."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Freshness(StrEnum):
    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


@dataclass(frozen=True)
class Ages:
    """An entry is fresh for ``ageing`` days and stale after ``stale`` days, ageing in between."""

    ageing: int
    stale: int

    def __post_init__(self) -> None:
        if not 0 < self.ageing < self.stale:
            raise ValueError("an entry is fresh for some days, then ages for some, then is stale")

    def of(self, vouched: dt.date, *, on: dt.date) -> Freshness:
        """What an entry is on a day; one that is vouched for in the future is fresh."""
        days = (on - vouched).days
        if days <= self.ageing:
            return Freshness.FRESH
        return Freshness.AGEING if days <= self.stale else Freshness.STALE

    def spans(self, *, on: dt.date) -> tuple[tuple[Freshness, int, int], ...]:
        """The days of each word (ordinals, both included), which leave none out."""
        today = on.toordinal()
        fresh, ageing = max(1, today - self.ageing), max(1, today - self.stale)
        return (
            (Freshness.FRESH, fresh, dt.date.max.toordinal()),
            (Freshness.AGEING, ageing, fresh - 1),
            (Freshness.STALE, 1, ageing - 1),
        )


def vouched_on(confirmed_on: dt.date | None, registered_on: dt.date) -> dt.date:
    """Who registers an entry vouches for it; an import or a correction by staff does not."""
    return confirmed_on or registered_on
