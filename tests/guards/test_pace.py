"""So many at once, then evenly."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.guards.rules.pace import SECOND, Pace, microseconds

START = 1_772_000_000 * SECOND


def passed(pace: Pace, asked: list[int]) -> list[int]:
    """Which of these moments, in order, are let through."""
    paid, through = 0, []
    for at in asked:
        if pace.allows(paid, at):
            paid = pace.after(paid, at)
            through.append(at)
    return through


paces = st.builds(
    lambda most, seconds: Pace(most, dt.timedelta(seconds=seconds)),
    st.integers(1, 12),
    st.integers(1, 600),
)
moments = st.lists(st.integers(0, 1200 * SECOND), max_size=80).map(
    lambda gaps: [START + at for at in sorted(gaps)]
)


@given(paces, moments)
def test_pace_lets_through_at_most_most_and_what_the_time_since_brings(pace, asked):
    through = passed(pace, asked)
    for place, since in enumerate(through):
        within = [at for at in through[place:] if at < since + pace.period]
        assert len(within) <= 2 * pace.most
    if through:
        elapsed = through[-1] - through[0]
        assert len(through) <= pace.most + elapsed // pace.step


@given(paces, st.integers(1, 40))
def test_pace_lets_through_exactly_most_at_one_moment(pace, tries):
    assert len(passed(pace, [START] * tries)) == min(tries, pace.most)


@given(paces)
def test_whoever_keeps_the_pace_is_never_refused(pace):
    asked = [START + number * pace.step for number in range(40)]
    assert passed(pace, asked) == asked


@given(paces, moments)
def test_wait_is_long_enough_and_no_longer_than_a_second_too_long(pace, asked):
    paid = 0
    for at in asked:
        if pace.allows(paid, at):
            paid = pace.after(paid, at)
            continue
        wait = pace.wait(paid, at)
        assert pace.allows(paid, at + wait * SECOND)
        assert wait == 1 or not pace.allows(paid, at + (wait - 1) * SECOND)


def test_pace_needs_something_to_allow():
    with pytest.raises(ValueError, match="at least one"):
        Pace(0, dt.timedelta(minutes=1))


def test_microseconds_are_whole_and_know_no_zone():
    east = dt.timezone(dt.timedelta(hours=3))
    moment = dt.datetime(2026, 3, 2, 9, 0, 0, 123_457, tzinfo=dt.UTC)
    assert microseconds(moment) == microseconds(moment.astimezone(east)) == 1772442000123457
