"""When a square is called full or empty, spans of days as people write them, kinds of squares."""

import datetime as dt
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.rules.matrix import kinds, most_used
from stocktaking.insight.rules.matrix_independence import ENOUGH, Standing, judged
from stocktaking.insight.rules.matrix_periods import Period, read, year_of


@st.composite
def squares(draw):
    """A count with the row, the column and the total that it is possible in."""
    total = draw(st.integers(1, 5000))
    row, column = draw(st.integers(0, total)), draw(st.integers(0, total))
    count = draw(st.integers(max(0, row + column - total), min(row, column)))
    return count, row, column, total


@given(squares())
def test_expected_counts_keep_the_proportion_of_the_whole(square):
    count, row, column, total = square
    found = judged(count, row=row, column=column, total=total)
    assert math.isclose(found.expected * total, row * column, abs_tol=1e-6)
    if found.standing is Standing.MORE:
        assert count > found.expected
    if found.standing is Standing.FEWER:
        assert count < found.expected


@given(squares())
def test_rows_and_columns_are_judged_alike(square):
    count, row, column, total = square
    one = judged(count, row=row, column=column, total=total)
    assert one == judged(count, row=column, column=row, total=total)


@given(squares())
def test_few_are_never_called_more_or_fewer(square):
    count, row, column, total = square
    found = judged(count, row=row, column=column, total=total)
    few = count < ENOUGH and found.expected < ENOUGH
    assert few == (found.standing is Standing.TOO_FEW)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(31, 90))
def test_exactly_the_expected_count_is_never_a_tendency(row, column, size):
    found = judged(row * column, row=row * size, column=column * size, total=size * size)
    assert found.ratio == pytest.approx(1)
    assert found.standing in (Standing.EXPECTED, Standing.TOO_FEW)


@pytest.mark.parametrize(
    ("count", "row", "column", "total", "standing"),
    [
        (0, 0, 0, 0, Standing.TOO_FEW),
        (10, 100, 100, 1000, Standing.EXPECTED),  # 10 expected
        (30, 100, 100, 1000, Standing.MORE),
        (0, 150, 100, 1000, Standing.FEWER),  # 15 expected
        (8, 5000, 10, 10_000, Standing.EXPECTED),  # 5 expected: eight may be chance
        (6, 50, 10, 1000, Standing.MORE),  # half of one expected
        (5, 100, 20, 1000, Standing.EXPECTED),  # two expected: five in nineteen do
        (4, 5, 4, 1000, Standing.TOO_FEW),
        (40, 40, 1000, 1000, Standing.EXPECTED),  # all entries carry the column
    ],
)
def test_standings_of_known_squares(count, row, column, total, standing):
    assert judged(count, row=row, column=column, total=total).standing is standing


def test_chance_alone_marks_hardly_a_square():
    """Of three thousand squares without any tendency about eight pass three deviations."""
    dice = random.Random(4)
    named = 0
    for _ in range(3000):
        row, column, total = 300, 200, 2000
        count = sum(dice.random() < column / total for _ in range(row))
        if judged(count, row=row, column=column, total=total).standing in (
            Standing.MORE,
            Standing.FEWER,
        ):
            named += 1
    assert named <= 20


days = st.dates(dt.date(2, 1, 1), dt.date(9990, 12, 31)).map(dt.date.toordinal)
spans = st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))


@given(spans)
def test_a_written_period_is_read_as_the_same(period):
    assert read(period.written) == period


@given(spans)
def test_the_period_before_ends_where_this_one_begins(period):
    before = period.before()
    assert before.first <= before.last
    assert before.last == max(1, period.first - 1)


@given(st.text(max_size=60))
def test_reading_never_fails(said):
    found = read(said)
    assert found is None or found.first <= found.last


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("2024", "2024"),
        ("2020..2024", "2020..2024"),
        ("2020–2024", "2020..2024"),
        ("2024 / 2020", "2020..2024"),
        ("2024-03", "2024-03"),
        ("2024-03 - 2024-05", "2024-03..2024-05"),
        ("2024-03-01..2024-05-17", "2024-03..2024-05-17"),
        ("1900", "1900"),
        ("2100", "2100"),
    ],
)
def test_periods_in_the_ways_people_write_them(said, written):
    assert read(said).written == written


@pytest.mark.parametrize("said", ["", "soon", "2024..", "2020..2021..2022", "2024-13", "0000"])
def test_what_is_no_period(said):
    assert read(said) is None


def test_years_before_years_are_whole():
    assert read("2020..2024").before().written == "2015..2019"
    assert year_of(2024).before().written == "2023"
    assert year_of(0) == year_of(1)


@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), st.integers(0, 3)),
    st.frozensets(st.tuples(st.sampled_from("ab"), st.sampled_from("xy"))),
)
def test_every_square_is_of_one_of_four_kinds(counts, links):
    found = kinds(counts, links, [(r, c) for r in "ab" for c in "xy"])
    assert found.both + found.empty + found.unforeseen + found.neither == 4
    assert found.both + found.empty == len(links)


def test_the_most_used_are_those_with_entries():
    totals = {"a": 2, "b": 0, "c": 5, "d": 2}
    assert most_used(totals, "abcd", 2) == {"c", "a"}
    assert most_used(totals, "abcd", 9) == {"a", "c", "d"}
