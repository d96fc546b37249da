"""Numbers as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure, percent


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "15\u202f240"),
        ("fr", "15\u202f240"),
        ("ru", "15\u00a0240"),
        ("es", "15\u202f240"),
        ("ar", "15,240"),
        ("zh", "15,240"),
    ],
)
def test_thousands_stand_apart(language, shown):
    assert figure(15240, language=language) == shown


@given(st.integers(0, 10**9), st.sampled_from(languages.CODES))
def test_figure_keeps_every_digit(value, language):
    assert "".join(c for c in figure(value, language=language) if c.isdigit()) == str(value)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0%"), (1, "100%"), (0.125, "12%"), (0.034, "3.4%"), (0.03, "3%"), (0.0996, "10%")],
)
def test_percent_in_english(share, shown):
    assert percent(share, "en") == shown


def test_percent_in_french_and_russian():
    assert percent(0.034, "fr") == "3,4\u202f%"
    assert percent(0.5, "ru") == "50\u00a0%"
