"""Spans of days of registration, as people write them, and the change between two of them."""

import datetime as dt
import re
from dataclasses import dataclass

from stocktaking.kernel.periods import PartialDate
from stocktaking.search.rules.parameters import written

BETWEEN = re.compile(r"\s*(?:\.\.|/|–|—|\s-\s)\s*")
LONGEST = 40  # characters that can be a span
EARLIEST, LATEST = 1, 9998  # years that have a year before and after


@dataclass(frozen=True)
class Period:
    """Days from first to last, both within; ordinals."""

    first: int
    last: int

    @property
    def written(self) -> str:
        """The shortest way to write it: ``2024``, ``2020..2024``, ``2024-03..2024-05``."""
        first, last = written(self.first, last=False), written(self.last, last=True)
        return first if first == last else f"{first}..{last}"

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    def before(self) -> "Period":
        """The span of the same length right before: whole years before whole years."""
        first, last = dt.date.fromordinal(self.first), dt.date.fromordinal(self.last)
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        years = last.year - first.year + 1
        if whole and first.year - years >= EARLIEST:
            return Period(dt.date(first.year - years, 1, 1).toordinal(), self.first - 1)
        return Period(max(1, self.first - self.days), max(1, self.first - 1))


def year_of(number: int) -> Period:
    number = min(max(number, EARLIEST), LATEST)
    return Period(dt.date(number, 1, 1).toordinal(), dt.date(number, 12, 31).toordinal())


def read(said: str) -> Period | None:
    """``2024``, ``2020..2024``, ``2020–2024`` or ``2020-03/2021-05-17``; None for anything else."""
    if len(said) > LONGEST:
        return None
    ends = BETWEEN.split(said.strip())
    try:
        dates = [PartialDate.parse(end) for end in ends]
        if len(dates) > 2:
            return None
        if dates[0].date > dates[-1].last_day():  # written backwards it is read forwards
            dates.reverse()
        return Period(dates[0].date.toordinal(), dates[-1].last_day().toordinal())
    except (ValueError, OverflowError):
        return None
