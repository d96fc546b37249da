"""Answers of many, counted."""

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.rules.summary import LONGEST, chosen_counts, in_order, spread, years_of

CODES = ["a", "b", "c"]
one = st.sampled_from([*CODES, "z", ""])
said = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    one,
    st.lists(one),
    st.lists(st.fixed_dictionaries({"code": one, "note": st.text(max_size=3)})),
)


@given(st.lists(said))
def test_every_option_is_told_once_in_its_place_and_nobody_counts_twice(answers):
    counted = chosen_counts(answers, CODES)
    codes = [code for code, _ in counted]
    assert codes[:3] == CODES
    assert len(set(codes)) == len(codes)
    assert all(0 <= count <= len(answers) for _, count in counted)
    assert all(count for _, count in counted[3:])


def test_who_names_a_code_twice_counts_once_and_other_codes_stand_last():
    answers = [["b", "b"], "z", [{"code": "b", "note": "x"}], ["y", "z"], 4, None]
    assert chosen_counts(answers, CODES) == [("a", 0), ("b", 2), ("c", 0), ("z", 2), ("y", 1)]


@given(st.lists(st.one_of(st.integers(-1000, 1000), st.none(), st.text(), st.booleans())))
def test_numbers_are_summed_up_and_nothing_else(answers):
    numbers = [a for a in answers if isinstance(a, int) and not isinstance(a, bool)]
    found = spread(answers)
    if not numbers:
        assert found is None
        return
    assert (found.answers, found.sum) == (len(numbers), sum(numbers))
    assert min(numbers) <= found.middle <= max(numbers)


def test_dates_count_in_their_year_and_what_is_none_is_left_out():
    assert years_of(["2019", "2019-05", "2021-01-02", "", "soon", 7, None]) == {2019: 2, 2021: 1}


@given(st.dictionaries(st.integers(1900, 2100), st.integers(1, 9), max_size=9))
def test_years_are_in_order_and_add_up(years):
    told = in_order(years)
    assert [year for year, _ in told] == sorted({year for year, _ in told})
    assert sum(count for _, count in told) == sum(years.values())
    if years and max(years) - min(years) < LONGEST:
        assert len(told) == max(years) - min(years) + 1
    else:
        assert len(told) == len(years)
