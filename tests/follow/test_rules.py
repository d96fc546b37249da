"""How a search is kept, and numbers that were told in little room."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.follow.rules.saved import (
    asked_again,
    kept_form,
    key_of_search,
    organisations_in,
    tidy_name,
)
from stocktaking.follow.rules.told import packed, unpacked
from stocktaking.follow.states import MOVES, State, may_move
from stocktaking.search.rules.parameters import parse

KNOWN = {
    "goal": lambda value: value if value in {"1", "2", "3"} else None,
    "organisation": lambda value: value if value.isdigit() else None,
}
PAIRS = st.lists(
    st.tuples(
        st.sampled_from(["goal", "organisation", "q", "sort", "page", "view", "year-from"]),
        st.sampled_from(["1", "2", "3", "title", "table", "2019", "health & care", "صحة"]),
    )
)


@given(PAIRS)
def test_a_search_asks_the_same_again_whatever_its_page_order_and_view(pairs) -> None:
    asked = parse(pairs, KNOWN)
    kept = kept_form(asked)
    again = asked_again(kept, KNOWN)
    assert not again.ignored
    assert kept_form(again) == kept
    for attribute in ("text", "filters", "year_from", "year_to"):
        assert getattr(again.query, attribute) == getattr(asked.query, attribute)
    assert (again.view, again.query.page) == ("list", 1)


def test_what_is_unknown_by_now_is_told() -> None:
    [gone] = asked_again("goal=17&q=water", KNOWN).ignored
    assert (gone.name, gone.value) == ("goal", "17")


def test_order_and_page_make_no_other_search() -> None:
    one = kept_form(parse([("goal", "2"), ("goal", "1"), ("page", "3")], KNOWN))
    other = kept_form(parse([("goal", "1"), ("goal", "2"), ("view", "table")], KNOWN))
    assert key_of_search(one) == key_of_search(other)
    assert kept_form(parse([("sort", "title")], KNOWN)) == ""


def test_organisations_of_a_search_and_tidy_names() -> None:
    assert organisations_in("goal=1&organisation=4&organisation=17") == ["4", "17"]
    assert tidy_name("  Health\n in\tAfrica ") == "Health in Africa"
    assert len(tidy_name("x" * 500)) == 200


@given(st.lists(st.integers(1, 300)))
def test_numbers_come_back(numbers) -> None:
    spans = packed(numbers)
    assert unpacked(spans) == set(numbers)
    assert all(a[1] + 1 < b[0] for a, b in itertools.pairwise(spans))


def test_an_import_takes_one_pair() -> None:
    assert packed(range(1, 150_001)) == [[1, 150_000]]


def test_states_lead_to_each_other() -> None:
    assert set(MOVES) == set(State)
    assert may_move(State.ACTIVE, State.PAUSED)
    assert not may_move(State.ACTIVE, State.ACTIVE)
