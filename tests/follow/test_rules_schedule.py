"""When digests come: weekday, hour, zone, and what clocks do in spring and autumn."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stocktaking.follow.rules.schedule import QUIET, next_moment
from stocktaking.follow.states import Rhythm

ZONES = [
    "UTC",
    "Europe/Zurich",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Asia/Riyadh",
]
FIRST = dt.datetime(2005, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 55 * 365 * 24 * 60).map(lambda found: FIRST + dt.timedelta(minutes=found))
DAY = dt.timedelta(days=1)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rhythm", "after", "zone", "becomes"),
    [
        (Rhythm.WEEKLY, "2026-03-02T06:59", "UTC", "2026-03-02T07:00"),
        (Rhythm.WEEKLY, "2026-03-02T07:00", "UTC", "2026-03-09T07:00"),
        (Rhythm.WEEKLY, "2026-03-02T07:00", "Europe/Zurich", "2026-03-09T06:00"),
        # summer time begins on 29 March 2026
        (Rhythm.WEEKLY, "2026-03-28T07:00", "Europe/Zurich", "2026-03-30T05:00"),
        (Rhythm.MONTHLY, "2026-03-02T07:00", "UTC", "2026-04-06T07:00"),
        (Rhythm.MONTHLY, "2026-12-08T07:00", "UTC", "2027-01-04T07:00"),
        # Monday morning in Apia is Sunday evening in Greenwich
        (Rhythm.WEEKLY, "2026-03-01T00:00", "Pacific/Apia", "2026-03-01T18:00"),
    ],
)
def test_the_next_monday_at_seven(rhythm, after, zone, becomes) -> None:
    found = next_moment(rhythm, after=utc(after), weekday=0, hour=7, zone=zone)
    assert found == utc(becomes)


def test_at_once_leaves_some_quiet() -> None:
    after = utc("2026-03-02T07:00")
    assert next_moment(Rhythm.AT_ONCE, after=after, weekday=0, hour=7, zone="UTC") == after + QUIET


@given(
    rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.MONTHLY]),
    after=MOMENTS,
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
)
@example(  # Samoa skipped this Friday
    rhythm=Rhythm.WEEKLY, after=utc("2011-12-29T12:00"), weekday=4, hour=7, zone="Pacific/Apia"
)
def test_moments_follow_each_other_on_the_chosen_day(rhythm, after, weekday, hour, zone) -> None:
    stated = {"weekday": weekday, "hour": hour, "zone": zone}
    first = next_moment(rhythm, after=after, **stated)
    second = next_moment(rhythm, after=first, **stated)
    longest = 8 * DAY if rhythm is Rhythm.WEEKLY else 36 * DAY
    assert after < first <= after + longest
    assert first < second <= first + longest
    local = first.astimezone(ZoneInfo(zone))
    # an hour that is skipped in spring is told by the clock after it
    assert (local.hour - hour) % 24 in (0, 1)
    skipped = dt.date(2011, 12, 30) <= local.date() <= dt.date(2011, 12, 31)
    assert local.weekday() == weekday or local.hour < hour or skipped
