"""When a call is open: the last moment counts, the next does not, in every zone."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stocktaking.calls.rules.window import (
    LAST_ZONE,
    TimeSkipped,
    Verdict,
    Window,
    accepts,
    day_ends_anywhere,
    is_end_of_a_day_anywhere,
    moment,
    next_year,
    verdict,
    year_later,
    zone_names,
    zone_of,
)

UTC = dt.UTC
MILLISECOND = dt.timedelta(milliseconds=1)
MICROSECOND = dt.timedelta(microseconds=1)
ZONES = ("UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Pacific/Apia",
         "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Shanghai")  # fmt: skip
_FIRST, _LAST = dt.datetime(2020, 1, 1), dt.datetime(2040, 12, 31)  # noqa: DTZ001 - bounds alone
moments = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC))
days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
zones = st.sampled_from(ZONES)


def window(closes=dt.datetime(2026, 3, 20, 22, tzinfo=UTC), **stated) -> Window:
    stated.setdefault("opens_at", closes - dt.timedelta(days=30))
    stated.setdefault("zone", "Europe/Zurich")
    return Window(closes_at=closes, **stated)


@given(closes=moments, length=st.timedeltas(MILLISECOND, dt.timedelta(days=400)))
def test_the_edges_of_a_window_are_sharp(closes, length):
    held = Window(closes - length, closes)
    assert verdict(held, held.opens_at - MICROSECOND) is Verdict.NOT_YET
    assert verdict(held, held.opens_at) is Verdict.OPEN
    assert verdict(held, closes - MICROSECOND) is Verdict.OPEN
    assert verdict(held, closes - MILLISECOND) is Verdict.OPEN
    assert verdict(held, closes) is Verdict.CLOSED
    assert verdict(held, closes + MILLISECOND) is Verdict.CLOSED


@given(closes=moments, at=moments, shift=st.integers(-12, 14))
def test_a_verdict_does_not_depend_on_the_zone_in_which_a_moment_is_written(closes, at, shift):
    held = window(closes)
    elsewhere = at.astimezone(dt.timezone(dt.timedelta(hours=shift)))
    assert verdict(held, elsewhere) is verdict(held, at)


@given(closes=moments, minutes=st.integers(1, 600))
def test_grace_is_taken_and_ends_sharply(closes, minutes):
    held = window(closes, grace=dt.timedelta(minutes=minutes))
    last = closes + held.grace
    assert verdict(held, closes) is Verdict.GRACE
    assert verdict(held, last - MILLISECOND) is Verdict.GRACE
    assert verdict(held, last) is Verdict.CLOSED
    assert not accepts(held, last)


@given(closes=moments, hours=st.integers(1, 400), grace=st.integers(0, 60))
def test_what_one_person_was_allowed_moves_the_end_for_them_alone(closes, hours, grace):
    held = window(closes, grace=dt.timedelta(minutes=grace))
    until = closes + dt.timedelta(hours=hours)
    last = max(until, closes + held.grace)
    assert verdict(held, last - MILLISECOND, until) is Verdict.GRACE
    assert verdict(held, last, until) is Verdict.CLOSED
    if until > closes + held.grace:
        assert verdict(held, until - MILLISECOND) is Verdict.CLOSED


def test_an_allowance_never_shortens():
    held = window(grace=dt.timedelta(minutes=10))
    earlier = held.closes_at - dt.timedelta(days=3)
    assert accepts(held, held.closes_at + dt.timedelta(minutes=9), earlier)


@given(day=days)
def test_a_day_ends_last_in_utc_minus_twelve(day):
    end = day_ends_anywhere(day)
    assert is_end_of_a_day_anywhere(end)
    assert end == dt.datetime.combine(day, dt.time(12), UTC) + dt.timedelta(days=1)
    held = Window(end - dt.timedelta(days=30), end, anywhere=True)
    assert held.last_day() == day
    assert verdict(held, end - MILLISECOND) is Verdict.OPEN
    assert verdict(held, end) is Verdict.CLOSED
    # whoever looks at a calendar anywhere still reads that day or an earlier one: it is open
    for zone in ZONES:
        local_noon = dt.datetime.combine(day, dt.time(12), zone_of(zone))
        assert verdict(held, local_noon) is Verdict.OPEN


@given(day=days, time=st.times(), zone=zones, end=st.booleans())
def test_a_moment_is_what_the_place_calls_it(day, time, zone, end):
    time = time.replace(second=0, microsecond=0)
    try:
        found = moment(day, time, zone, end=end)
    except TimeSkipped:
        local = dt.datetime.combine(day, time, zone_of(zone))
        # nothing in that place is called so: there and back gives another time
        assert local.astimezone(UTC).astimezone(zone_of(zone)).time() != time
        return
    shown = found.astimezone(zone_of(zone))
    assert (shown.date(), shown.time()) == (day, time)


def test_clocks_put_forward_skip_a_time_and_put_back_repeat_one():
    with pytest.raises(TimeSkipped):
        moment(dt.date(2026, 3, 29), dt.time(2, 30), "Europe/Zurich")
    twice = dt.date(2026, 10, 25), dt.time(2, 30), "Europe/Zurich"
    assert moment(*twice, end=True) == dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moment(*twice, end=False) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_in_winter_and_summer_is_another_moment():
    summer = moment(dt.date(2026, 7, 9), dt.time(23), "Europe/Zurich")
    winter = moment(dt.date(2026, 12, 9), dt.time(23), "Europe/Zurich")
    assert (summer.hour, winter.hour) == (21, 22)


def test_an_end_at_midnight_belongs_to_the_day_before():
    midnight = moment(dt.date(2028, 3, 1), dt.time(0), "Europe/Zurich")
    assert window(midnight).last_day() == dt.date(2028, 2, 29)


@given(closes=moments, before=st.timedeltas(dt.timedelta(), dt.timedelta(days=400)), zone=zones)
def test_days_left_count_the_calendar_of_the_place(closes, before, zone):
    held = window(closes, zone=zone)
    at = closes - before
    left = held.days_left(at)
    today = at.astimezone(zone_of(zone)).date()
    assert left == max(0, (held.last_day() - today).days)
    assert held.days_left(closes - dt.timedelta(seconds=1)) == 0


@given(day=days)
def test_a_year_later_is_the_same_day(day):
    later = next_year(day)
    assert later.year == day.year + 1
    assert later.month == day.month
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)


@given(at=moments, zone=zones)
def test_a_year_later_keeps_the_time_of_the_day_in_its_place(at, zone):
    at = at.replace(microsecond=0)
    local = at.astimezone(zone_of(zone))
    later = year_later(at, zone).astimezone(zone_of(zone))
    assume((local.month, local.day) != (2, 29))
    assert later.replace(tzinfo=None).date() == next_year(local.date())
    moved = abs(dt.timedelta(hours=later.hour - local.hour, minutes=later.minute - local.minute))
    assert moved in (dt.timedelta(), dt.timedelta(hours=1), dt.timedelta(minutes=30))


def test_zones_are_places_and_unknown_ones_are_refused():
    names = zone_names()
    assert names[0] == "UTC"
    assert "Europe/Zurich" in names
    assert not any(name.startswith(("Etc/", "posix/")) for name in names)
    with pytest.raises(ValueError, match="no zone"):
        zone_of("../../etc/passwd")
    assert Window(*[dt.datetime(2026, 1, 1, tzinfo=UTC)] * 2, anywhere=True).told_in() is LAST_ZONE
