"""What things side by side share."""

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.rules.comparison import only_in, split, window

several = st.lists(st.lists(st.integers(0, 6), max_size=6), max_size=4)


@given(several)
def test_shared_and_besides_together_are_what_each_has(held):
    parted = split(held)
    for place, own in enumerate(held):
        assert set(parted.shared) | set(parted.besides[place]) == set(own)
        assert not set(parted.shared) & set(parted.besides[place])


@given(several)
def test_alone_is_what_no_other_has(held):
    parted = split(held)
    for place, own in enumerate(held):
        others = {item for o, other in enumerate(held) if o != place for item in other}
        assert parted.alone[place] == set(own) - others


def test_order_is_that_in_which_they_are_held():
    parted = split([["b", "a", "c", "b"], ["a", "d", "b"]])
    assert parted.shared == ("b", "a")
    assert parted.besides == (("c",), ("d",))


def test_nothing_to_split_is_empty():
    assert split([]).shared == ()


def test_only_one_place_is_told_where_there_are_others():
    assert only_in([0, 3, 0]) == 1
    assert only_in([1, 3, 0]) is None
    assert only_in([0, 0]) is None
    assert only_in([3]) is None


def test_window_has_the_empty_years_and_no_more_than_wanted():
    assert window([2019, 2022], most=10) == (2019, 2020, 2021, 2022)
    assert window([1900, 2022], most=3) == (2020, 2021, 2022)
    assert window([], most=3) == ()
