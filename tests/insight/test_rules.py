"""Arithmetic on counts, and what a date draws."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.rules.draw import TRIES, draw
from stocktaking.insight.rules.matrix import kinds, share

squares = st.tuples(st.sampled_from("ABC"), st.sampled_from("123"))
counted = st.dictionaries(squares, st.integers(0, 9))
linked = st.frozensets(squares)


@given(counted, linked)
def test_every_square_is_of_one_kind(counts, links):
    filled = {square for square, count in counts.items() if count}
    every = [(row, column) for row in "ABC" for column in "123"]
    found = kinds(counts, links, every)
    assert found.both == len(filled & links)
    assert found.both + found.empty == len(links)
    assert found.both + found.unforeseen == len(filled)
    assert found.both + found.empty + found.unforeseen + found.neither == 9


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_share_is_a_part_of_the_whole(one, more):
    assert 0 <= share(one, one + more) <= 1


def test_share_of_nothing_is_nothing():
    assert share(0, 0) == 0


@given(st.dates(), st.integers(1, 500), st.integers(0, 500), st.integers(1, 10))
def test_draw_repeats_itself_and_stays_within(day, first, more, wanted):
    drawn = draw(day, first=first, last=first + more, wanted=wanted)
    assert drawn == draw(day, first=first, last=first + more, wanted=wanted)
    assert len(set(drawn)) == len(drawn) == min(more + 1, wanted * TRIES)
    assert set(drawn) <= set(range(first, first + more + 1))


def test_another_day_draws_others():
    day = dt.date(2026, 3, 2)
    one, other = (draw(d, first=1, last=1000, wanted=7) for d in (day, day + dt.timedelta(1)))
    assert one != other


def test_nothing_is_drawn_from_nothing():
    assert draw(dt.date(2026, 3, 2), first=1, last=0, wanted=7) == []
