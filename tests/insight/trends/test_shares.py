"""Shares with how sure they are, against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.rules.trends.shares import (
    FEW,
    THIN,
    Verdict,
    change,
    deviations,
    share,
)

counts = st.integers(0, 3000)


def test_wilson_interval_of_few():
    half = share(2, 4)
    assert (half.value, half.low, half.high) == pytest.approx((0.5, 0.15004, 0.84996), abs=1e-4)


def test_wilson_interval_at_both_ends_claims_no_certainty():
    assert (share(0, 10).low, share(0, 10).high) == pytest.approx((0, 0.27753), abs=1e-4)
    assert (share(10, 10).low, share(10, 10).high) == pytest.approx((0.72247, 1), abs=1e-4)


def test_share_of_nothing_may_be_anything():
    nothing = share(0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (0, 0, 1)


def test_difference_is_that_of_newcombe():
    """56 of 70 against 48 of 80: his example of 1998, method 10."""
    found = change((48, 80), (56, 70))
    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert found.verdict is Verdict.EMERGING


def test_many_comparisons_ask_for_more():
    assert deviations() == pytest.approx(1.95996, abs=1e-4)
    assert deviations(compared=20) == pytest.approx(3.0233, abs=1e-3)
    alone, among = change((48, 80), (56, 70)), change((48, 80), (56, 70), compared=20)
    assert among.low < 0 < alone.low
    assert among.verdict is Verdict.STEADY


def test_change_is_told_only_of_enough():
    assert change((0, 100), (FEW - 1, 100)).verdict is Verdict.FEW
    assert change((0, THIN - 1), (50, 100)).verdict is Verdict.FEW
    assert change((0, 0), (0, 0)).verdict is Verdict.FEW
    assert change((50, 100), (2, 100)).verdict is Verdict.FADING


@given(counts, counts)
def test_interval_holds_the_share(first, second):
    count, of = min(first, second), max(first, second)
    found = share(count, of)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts, counts, counts, counts)
def test_change_backwards_is_the_opposite(a, b, c, d):
    before, after = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    there, back = change(before, after), change(after, before)
    assert there.low == pytest.approx(-back.high, abs=1e-9)
    assert there.low - 1e-9 <= there.difference <= there.high + 1e-9
    opposite = {Verdict.EMERGING: Verdict.FADING, Verdict.FADING: Verdict.EMERGING}
    assert back.verdict is opposite.get(there.verdict, there.verdict)
