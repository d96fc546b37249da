"""Dates as people state them: a year, a month or a day, and not more."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Precision = Literal["year", "month", "day"]
PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")

_FORMS = (
    ("day", re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")),
    ("month", re.compile(r"^(\d{4})-(\d{2})$")),
    ("year", re.compile(r"^(\d{4})$")),
)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date with its precision; ``date`` is the first day it may mean."""

    date: dt.date
    precision: Precision = "day"

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``2019``, ``2019-05`` or ``2019-05-17``; anything else is a ValueError."""
        for precision, form in _FORMS:
            if found := form.match(text.strip()):
                year, month, day = (*map(int, found.groups()), 1, 1)[:3]
                return cls(dt.date(year, month, day), precision)  # type: ignore[arg-type]
        raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")

    @property
    def year(self) -> int:
        return self.date.year

    def last_day(self) -> dt.date:
        """The last day this date may mean (31 December for a year)."""
        if self.precision == "year":
            return dt.date(self.date.year, 12, 31)
        if self.precision == "month":
            following = (self.date.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
            return following - dt.timedelta(days=1)
        return self.date

    def __str__(self) -> str:
        text = self.date.isoformat()
        return {"year": text[:4], "month": text[:7], "day": text}[self.precision]
