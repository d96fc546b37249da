"""When a call is open: one verdict for one moment, in every zone.

The end is a moment, not a day: what arrives before it counts, what arrives at it does not. A
grace that nobody announces, and what one person was allowed, move the end silently.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# the last place on earth where a day ends
LAST_ZONE = dt.timezone(dt.timedelta(hours=-12))
NOTHING = dt.timedelta()


class Verdict(StrEnum):
    NOT_YET = "not_yet"
    OPEN = "open"
    GRACE = "grace"  # after the announced end, and still taken
    CLOSED = "closed"


ACCEPTS = frozenset({Verdict.OPEN, Verdict.GRACE})


@dataclass(frozen=True)
class Window:
    """``zone`` is an IANA name. With ``anywhere`` the end is that of a day in UTC-12, and
    ``closes_at`` is the moment when it has ended there."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    zone: str = "UTC"
    anywhere: bool = False
    grace: dt.timedelta = NOTHING

    def last_moment(self, allowed_until: dt.datetime | None = None) -> dt.datetime:
        """From then on nothing is taken any more."""
        end = self.closes_at + self.grace
        return max(end, allowed_until) if allowed_until else end

    def last_day(self) -> dt.date:
        """The day that people call the last one: the day on which its last second falls."""
        last_second = self.closes_at - dt.timedelta(seconds=1)
        return last_second.astimezone(self.told_in()).date()

    def told_in(self) -> dt.tzinfo:
        """The zone in which the end is told."""
        return LAST_ZONE if self.anywhere else self.place()

    def place(self) -> dt.tzinfo:
        return zone_of(self.zone)

    def days_left(self, at: dt.datetime) -> int:
        """Whole days of the calendar between now and the last day; 0 on the last day."""
        return max(0, (self.last_day() - at.astimezone(self.told_in()).date()).days)


def verdict(window: Window, at: dt.datetime, allowed_until: dt.datetime | None = None) -> Verdict:
    """Whether what arrives at a moment is taken; ``allowed_until`` is one person's own end."""
    if at < window.opens_at:
        return Verdict.NOT_YET
    if at < window.closes_at:
        return Verdict.OPEN
    return Verdict.GRACE if at < window.last_moment(allowed_until) else Verdict.CLOSED


def accepts(window: Window, at: dt.datetime, allowed_until: dt.datetime | None = None) -> bool:
    return verdict(window, at, allowed_until) in ACCEPTS


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name; ValueError where there is none."""
    if not known_zone(name):
        raise ValueError(f"no zone {name!r}")
    return ZoneInfo(name)


def known_zone(name: str) -> bool:
    return name in zone_names()


@cache
def zone_names() -> tuple[str, ...]:
    """Places, in order; not the abbreviations and the machine's own ways to say the same."""
    found = available_timezones()
    left_out = ("Etc/", "SystemV/", "posix/", "right/", "US/")
    places = {name for name in found if "/" in name and not name.startswith(left_out)}
    return ("UTC", *sorted(places))


class TimeSkipped(ValueError):  # noqa: N818 - it names what happened, as people say it
    """Clocks are put forward over this time of the day: it does not exist."""


def moment(day: dt.date, time: dt.time, zone: str, *, end: bool = True) -> dt.datetime:
    """The moment that a place calls ``time`` of ``day``, in UTC.

    A time that comes twice, as clocks are put back, is the later one for an ``end`` and the
    earlier one for a beginning: nobody is turned away at a time that the page names.
    TimeSkipped for a time that does not exist.
    """
    place = zone_of(zone)
    local = dt.datetime.combine(day, time.replace(tzinfo=None), place).replace(fold=int(end))
    found = local.astimezone(dt.UTC)
    if found.astimezone(place).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise TimeSkipped(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}")
    return found


def day_ends_anywhere(day: dt.date) -> dt.datetime:
    """When a day has ended everywhere on earth, in UTC."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), LAST_ZONE)
    return midnight.astimezone(dt.UTC)


def is_end_of_a_day_anywhere(at: dt.datetime) -> bool:
    return at.astimezone(LAST_ZONE).time() == dt.time()


def next_year(day: dt.date) -> dt.date:
    """The same day in the next year; of 29 February, the day before."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def year_later(at: dt.datetime, zone: str, *, end: bool = True) -> dt.datetime:
    """The same day and time of the day in a place, in the next year."""
    local = at.astimezone(zone_of(zone))
    try:
        return moment(next_year(local.date()), local.time(), zone, end=end)
    except TimeSkipped:  # that night the clocks change: an hour later is the next that exists
        later = (local + dt.timedelta(hours=1)).time()
        return moment(next_year(local.date()), later, zone, end=end)
