"""Time in spans, from one day to ten thousand years."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.rules.trends.spans import (
    LATELY,
    MOST,
    RUNS,
    bounds,
    lately,
    spans,
    thick,
)

days = st.integers(1, dt.date.max.toordinal())


def day(year: int, month: int = 1, number: int = 1) -> int:
    return dt.date(year, month, number).toordinal()


def test_years_one_by_one_where_they_are_few():
    made = spans(day(2004, 3, 2), day(2007, 12, 31), until=day(2007, 12, 31))
    assert [span.name for span in made] == ["2004", "2005", "2006", "2007"]
    assert not any(span.open for span in made)


def test_a_year_that_is_not_over_is_open():
    made = spans(day(2025), day(2026), until=day(2026, 11, 28))
    assert [(span.name, span.open) for span in made] == [("2025", False), ("2026", True)]


def test_many_years_become_spans_that_begin_with_round_ones():
    made = spans(day(1902), day(2026), until=day(2026, 6, 1))
    assert made[0].name == "1900–1904"
    assert made[-1].name == "2025–2029"
    assert made[-1].open


def test_years_1900_and_2100_are_told_together():
    made = spans(day(1900), day(2100), until=day(2026))
    assert len(made) <= MOST
    assert made[0].first <= 1900
    assert made[-1].last >= 2100


@given(days, days)
def test_spans_hold_all_days_without_a_gap(one, other):
    first, last = min(one, other), max(one, other)
    made = spans(first, last, until=last)
    assert 1 <= len(made) <= MOST
    assert made[0].begins <= first <= last < made[-1].ends
    assert all(before.last + 1 == after.first for before, after in pairwise(made))
    edges = bounds(made)
    assert list(edges) == sorted(set(edges))
    assert len(edges) == len(made) + 1


@pytest.mark.parametrize(("years", "compared"), [(1, 0), (2, 1), (5, 2), (9, 4), (10, 5), (23, 5)])
def test_the_later_half_is_compared_and_no_more_than_five_years(years, compared):
    made = spans(day(2000), day(1999 + years), until=day(2100))
    assert lately(made) == compared
    assert compared <= LATELY


def test_spans_of_several_years_are_compared_one_by_one():
    assert lately(spans(day(1900), day(2026), until=day(2026))) == 1


def test_nothing_has_no_bounds():
    assert bounds(()) == ()
    assert lately(()) == 0


@given(st.lists(st.integers(0, 200), max_size=MOST), st.integers(1, 300))
def test_runs_hold_enough_and_leave_nothing_out(counts, least):
    runs = thick(counts, least)
    assert [i for a, b in runs for i in range(a, b)] == list(range(len(counts)))
    assert len(runs) <= RUNS or sum(counts) / len(runs) >= least


def test_runs_are_counted_from_the_end():
    assert thick([10, 10, 10, 10, 10], 15) == [(0, 1), (1, 3), (3, 5)]


def test_a_few_runs_there_are_however_little_they_hold():
    assert thick([1] * 14) == [(0, 2), (2, 6), (6, 10), (10, 14)]
    assert thick([1, 1]) == [(0, 1), (1, 2)]
