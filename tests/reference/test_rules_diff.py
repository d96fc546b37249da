"""Comparing stated facts with kept ones."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.reference.rules.diff import compare

rows = st.dictionaries(
    st.sampled_from("abcdef"), st.fixed_dictionaries({"x": st.integers(0, 2), "y": st.booleans()})
)
Rows = dict[str, dict[str, Any]]


@given(stated=rows, kept=rows)
def test_applying_a_difference_yields_what_is_stated(stated: Rows, kept: Rows) -> None:
    found = compare(stated, kept)
    result = {key: dict(values) for key, values in kept.items() if key not in found.vanished}
    result |= {key: dict(values) for key, values in found.created.items()}
    for key, fields in found.updated.items():
        for name, (old, new) in fields.items():
            assert kept[key][name] == old
            result[key][name] = new
    assert result == stated


@given(stated=rows, kept=rows)
def test_every_stated_row_is_counted_once(stated: Rows, kept: Rows) -> None:
    found = compare(stated, kept)
    assert len(found.created) + len(found.updated) + found.unchanged == len(stated)
    assert bool(found) == (stated != kept)


@given(stated=rows)
def test_fields_that_are_not_stated_are_left_alone(stated: Rows) -> None:
    kept = {key: {**values, "overrides": {"title": "own"}} for key, values in stated.items()}
    assert not compare(stated, kept)
