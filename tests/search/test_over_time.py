"""Counts over time: spans, values, filters, what lies outside."""

from datetime import date
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.search import Shelf, asking, document

from stocktaking.search.queries.over_time import active, extent, over_time

FIRST = date(2000, 1, 1).toordinal()


def day(year: int, month: int = 1, number: int = 1) -> int:
    return date(year, month, number).toordinal()


def test_documents_count_in_the_span_that_holds_their_day(shelf: Shelf) -> None:
    shelf.index(
        document("1", registered=date(2020, 12, 31), goal=("1", "2", "3")),
        document("2", registered=date(2021, 1, 1), goal=("2",)),
        document("3", registered=date(2021, 12, 31)),
        document("4", registered=date(2022, 1, 1), goal=("1",)),
    )
    found = over_time(asking(), bounds=(day(2020), day(2021), day(2022)), facets=("goal",))
    assert found.spans == (1, 2)
    assert found.total == 3
    assert found.of("goal", "2") == (1, 1)
    assert found.of("goal", "1") == (1, 0)
    assert found.of("goal", "17") == (0, 0)


def test_a_facet_that_is_filtered_by_is_counted_with_its_filter(shelf: Shelf) -> None:
    shelf.index(
        document("1", registered=date(2020, 1, 1), goal=("1", "2")),
        document("2", registered=date(2020, 1, 1), goal=("2",)),
    )
    asked = asking(filters={"goal": ("1",)})
    found = over_time(asked, bounds=(day(2020), day(2021)), facets=("goal",))
    assert (found.spans, found.of("goal", "2")) == ((1,), (1,))


def test_words_narrow_and_misspelt_ones_are_put_right(shelf: Shelf) -> None:
    shelf.index(
        document("1", "Broadband for schools", registered=date(2019, 1, 1)),
        document("2", "Broadband for farms", registered=date(2021, 1, 1)),
        document("3", "Radio", registered=date(2023, 1, 1)),
    )
    assert extent(asking("broadband")) == (day(2019), day(2021))
    assert extent(asking("broadbant")) == (day(2019), day(2021))
    assert over_time(asking("-radio"), bounds=(day(2019), day(2025))).spans == (2,)


def test_nothing_has_no_extent_and_counts_nothing(shelf: Shelf) -> None:
    assert extent(asking()) is None  # there is no index
    assert over_time(asking(), bounds=(1, 2), facets=("goal",)).spans == (0,)
    assert active(asking(), last=2026, most=40) == {}
    shelf.index(document("1", registered=date(2020, 1, 1)))
    assert extent(asking(filters={"goal": ("1",)})) is None
    assert over_time(asking(), bounds=()).spans == ()
    assert over_time(asking(), bounds=(5,)).spans == ()


def test_counts_follow_the_index(shelf: Shelf) -> None:
    shelf.index(document("1", registered=date(2020, 1, 1)))
    bounds = (day(2020), day(2021))
    assert over_time(asking(), bounds=bounds).spans == (1,)
    shelf.index(document("2", registered=date(2020, 1, 1)))
    assert over_time(asking(), bounds=bounds).spans == (2,)


def test_a_facet_with_many_values_is_counted_as_well(shelf: Shelf) -> None:
    shelf.index(
        *(
            document(str(n), registered=date(2020 + n % 2, 1, 1), country=(f"C{n % 60}",))
            for n in range(1, 121)
        )
    )
    found = over_time(asking(), bounds=(day(2020), day(2021), day(2022)), facets=("country",))
    assert found.of("country", "C4") == (2, 0)
    assert found.of("country", "C5") == (0, 2)


def test_years_of_activity(shelf: Shelf) -> None:
    shelf.index(
        document("1", years=(2019, 2021)),
        document("2", years=(2021, 9999)),
        document("3"),
        document("4", years=(0, 2020)),
    )
    assert active(asking(), last=2022, most=40) == {2019: 1, 2020: 2, 2021: 2, 2022: 1}
    assert active(asking(), last=2022, most=2) == {2021: 2, 2022: 1}
    assert active(asking(), last=2018, most=9) == {}


held = st.lists(
    st.tuples(st.integers(FIRST, FIRST + 4000), st.sets(st.sampled_from("ABCDEFG"))), max_size=25
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(held=held, edges=st.sets(st.integers(FIRST - 10, FIRST + 4100), min_size=2, max_size=8))
def test_counts_are_those_that_one_would_make_by_hand(
    shelf: Shelf, held: list[tuple[int, set[str]]], edges: set[int]
) -> None:
    shelf.take(*shelf.held)
    shelf.index(
        *(
            document(str(n), registered=date.fromordinal(then), goal=tuple(sorted(values)))
            for n, (then, values) in enumerate(held, start=1)
        )
    )
    bounds = sorted(edges)
    found = over_time(asking(), bounds=bounds, facets=("goal",))
    spans = list(pairwise(bounds))
    assert found.spans == tuple(sum(a <= day < b for day, _ in held) for a, b in spans)
    for value in "ABCDEFG":
        assert found.of("goal", value) == tuple(
            sum(a <= day < b and value in values for day, values in held) for a, b in spans
        )
