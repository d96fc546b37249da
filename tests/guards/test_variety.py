"""At most so many different things in any stretch of time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.guards.rules.pace import SECOND
from stocktaking.guards.rules.variety import Seen, Variety

varieties = st.builds(Variety, st.integers(1, 5), st.integers(1, 60).map(lambda n: n * SECOND))
things = st.integers(0, 9).map(lambda n: bytes([n]))
looks = st.lists(st.tuples(st.integers(0, 20 * SECOND), things), max_size=60).map(
    lambda gaps: [
        (sum(gap for gap, _ in gaps[: place + 1]), what) for place, (_, what) in enumerate(gaps)
    ]
)


def walked(variety: Variety, asked: list[tuple[int, bytes]]) -> list[bool]:
    """Which of these looks, in the order of time, are let through."""
    seen: Seen = ()
    through = []
    for at, what in asked:
        after = variety.after(seen, what, at)
        through.append(after is not None)
        seen = seen if after is None else after
    return through


@given(varieties, looks)
def test_no_stretch_of_time_has_more_new_things(variety, asked):
    through = [look for look, passed in zip(asked, walked(variety, asked), strict=True) if passed]
    for since, _ in through:
        # a thing let through once stays so for a period; what was let through before it adds
        # to the different things of a stretch at most once more
        within = {what for at, what in through if since <= at < since + variety.period}
        assert len(within) <= 2 * variety.most


@given(varieties, looks)
def test_no_stretch_of_time_takes_more_places_than_there_are(variety, asked):
    seen: Seen = ()
    taken = []
    for at, what in asked:
        after = variety.after(seen, what, at)
        if after is not None and after != variety.held(seen, at):
            taken.append(at)
        seen = seen if after is None else after
    for since in taken:
        assert sum(since <= at < since + variety.period for at in taken) <= variety.most


@given(varieties, looks)
def test_a_first_visit_and_the_same_page_again_are_never_refused(variety, asked):
    assert walked(variety, asked[:1]) in ([], [True])
    same = [(at, b"same") for at, _ in asked]
    assert all(walked(variety, same))


@given(varieties, looks)
def test_as_many_as_allowed_are_never_refused(variety, asked):
    kinds = sorted({what for _, what in asked})[: variety.most]
    few = [(at, what) for at, what in asked if what in kinds]
    assert all(walked(variety, few))


@given(varieties, st.lists(things, min_size=6, max_size=10, unique=True))
def test_at_one_moment_exactly_the_first_pass(variety, different):
    through = walked(variety, [(SECOND, what) for what in different])
    assert through == [n < variety.most for n in range(len(different))]


@given(varieties, looks)
def test_wait_is_long_enough_and_no_longer_than_a_second_too_long(variety, asked):
    seen: Seen = ()
    for at, what in asked:
        after = variety.after(seen, what, at)
        if after is None:
            wait = variety.wait(seen, at) * SECOND
            assert variety.after(seen, what, at + wait) is not None
            assert wait < 2 * SECOND or variety.after(seen, what, at + wait - 2 * SECOND) is None
        else:
            seen = after


def test_a_clock_that_was_set_back_neither_fails_nor_frees():
    variety = Variety(2, 10 * SECOND)
    seen = variety.after((), b"a", 100 * SECOND)
    seen = variety.after(seen, b"b", 50 * SECOND)
    assert [at for at, _ in seen] == [50 * SECOND, 100 * SECOND]
    assert variety.after(seen, b"c", 55 * SECOND) is None


@pytest.mark.parametrize(("most", "period"), [(0, 1), (1, 0), (-1, -1)])
def test_variety_of_nothing_is_refused(most, period):
    with pytest.raises(ValueError, match="at least one thing"):
        Variety(most, period)
