"""Fresh, ageing, stale: by the day, and as the index counts it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.entries.rules.freshness import Ages, Freshness, vouched_on

TODAY = dt.date(2026, 6, 1)
AGES = Ages(365, 730)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        (-400, Freshness.FRESH),
        (0, Freshness.FRESH),
        (365, Freshness.FRESH),
        (366, Freshness.AGEING),
        (730, Freshness.AGEING),
        (731, Freshness.STALE),
        (40_000, Freshness.STALE),
    ],
)
def test_ages_at_their_edges(days_ago: int, expected: Freshness) -> None:
    assert AGES.of(TODAY - dt.timedelta(days=days_ago), on=TODAY) == expected


@given(days, days, st.integers(1, 5000), st.integers(1, 5000))
def test_every_day_lies_in_the_one_span_of_its_word(
    vouched: dt.date, on: dt.date, ageing: int, more: int
) -> None:
    ages = Ages(ageing, ageing + more)
    number = vouched.toordinal()
    held = [word for word, first, last in ages.spans(on=on) if first <= number <= last]
    assert held == [ages.of(vouched, on=on)]


def test_spans_of_the_first_days_of_the_calendar_are_in_order() -> None:
    spans = Ages(100_000, 200_000).spans(on=dt.date(2, 1, 1))
    assert [first <= last for _, first, last in spans] == [True, False, False]


@pytest.mark.parametrize(("ageing", "stale"), [(0, 10), (10, 10), (20, 10)])
def test_ages_in_no_order_are_refused(ageing: int, stale: int) -> None:
    with pytest.raises(ValueError, match="fresh for some days"):
        Ages(ageing, stale)


def test_registering_vouches_until_somebody_confirms() -> None:
    registered = dt.date(2015, 1, 1)
    assert vouched_on(None, registered) == registered
    assert vouched_on(TODAY, registered) == TODAY
