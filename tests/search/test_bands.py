"""Facets whose values are spans of days: they move while the documents stay as they are."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.search import Shelf, asking, document

from stocktaking.kernel import clock
from stocktaking.search import registry
from stocktaking.search.queries import answer, cross, matching_keys
from stocktaking.search.rules.values import Band

TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """A list with the day it is; bands "old" (before this year's day) and "new"."""
    held = [TODAY]

    def bands() -> tuple[Band, ...]:
        now = held[0].toordinal()
        return Band("old", 1, now - 1), Band("new", now, dt.date.max.toordinal())

    monkeypatch.setattr(registry, "_bands", {})
    registry.provide_bands("age", bands)
    monkeypatch.setattr(
        clock, "now", lambda: dt.datetime.combine(held[0], dt.time(12), tzinfo=dt.UTC)
    )
    return held


def test_bands_filter_and_count_by_the_day(shelf: Shelf, today: list[dt.date]) -> None:
    shelf.index(
        document("1", "One", confirmed=TODAY - dt.timedelta(days=1), line=("A",)),
        document("2", "Two", confirmed=TODAY, line=("A", "B")),
        document("3", "Three", line=("B",)),
    )
    whole = answer(asking(), facets=("age", "line"))
    assert whole.facets["age"] == {"old": 1, "new": 1}
    old = asking(filters={"age": ("old",)})
    assert set(matching_keys(old)) == {"1"}
    # the counts of a facet ignore its own filter
    assert answer(old, facets=("age", "line")).facets == {
        "age": {"old": 1, "new": 1},
        "line": {"A": 1},
    }
    assert set(matching_keys(asking(filters={"age": ("old", "new")}))) == {"1", "2"}
    assert set(matching_keys(asking(filters={"age": ("none",)}))) == set()
    assert cross(asking(), rows="age", columns="line") == {
        ("old", "A"): 1,
        ("new", "A"): 1,
        ("new", "B"): 1,
    }
    assert cross(asking(), rows="line", columns="age") == {
        ("A", "old"): 1,
        ("A", "new"): 1,
        ("B", "new"): 1,
    }


def test_a_new_day_moves_the_bands_without_a_change_of_data(
    shelf: Shelf, today: list[dt.date]
) -> None:
    shelf.index(document("1", "One", confirmed=TODAY))
    assert answer(asking(), facets=("age",)).facets["age"] == {"new": 1}
    today[0] += dt.timedelta(days=1)
    assert answer(asking(), facets=("age",)).facets["age"] == {"old": 1}
    assert answer(asking(filters={"age": ("new",)})).total == 0


def test_days_of_confirmation_are_a_span(shelf: Shelf, today: list[dt.date]) -> None:
    shelf.index(
        document("1", "One", confirmed=dt.date(2020, 1, 1)),
        document("2", "Two", confirmed=dt.date(2020, 12, 31)),
        document("3", "Three"),
    )
    first, last = dt.date(2020, 1, 2).toordinal(), dt.date(2020, 12, 31).toordinal()
    assert set(matching_keys(asking(confirmed_from=first))) == {"2"}
    assert set(matching_keys(asking(confirmed_to=last))) == {"1", "2"}
    assert set(matching_keys(asking(confirmed_from=first, confirmed_to=last - 1))) == set()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)), max_size=30))
def test_counts_agree_with_counting_by_hand(
    shelf: Shelf, today: list[dt.date], days: list[dt.date | None]
) -> None:
    if shelf.held:
        shelf.take(*shelf.held)
    shelf.index(*(document(str(n), "School", confirmed=day) for n, day in enumerate(days, 1)))
    expected = Counter("old" if day < TODAY else "new" for day in days if day is not None)
    assert answer(asking(), facets=("age",)).facets["age"] == dict(expected)
    assert answer(asking("school"), facets=("age",)).facets["age"] == dict(expected)
