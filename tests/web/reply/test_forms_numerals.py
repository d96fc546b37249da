import pytest
from hypothesis import given
from hypothesis import strategies as some

from stocktaking.web.forms.questions.numerals import read_number


@pytest.mark.parametrize(
    ("typed", "decimals", "number"),
    [
        ("1200", 0, 1200),
        ("1 200", 0, 1200),
        ("1,200", 0, 1200),
        ("1.200", None, 1200),
        ("1'200'000", 0, 1_200_000),
        ("1,5", 2, 1.5),
        ("1.5", 2, 1.5),
        ("1.234,5", 1, 1234.5),
        ("1,234.5", 1, 1234.5),
        ("1,234,567", 2, 1_234_567),
        ("1,234", 3, 1.234),
        ("١٢٠٠", 0, 1200),
        ("١٫٥", 1, 1.5),
        ("-7", 0, -7),
        ("2.0", 1, 2),
    ],
)
def test_number_is_read_as_people_write_it(typed, decimals, number) -> None:
    assert read_number(typed, decimals=decimals) == number


@pytest.mark.parametrize(
    "typed", ["many", "1-2", "1,2,3", "1e9", "inf", "0x10", "½", "1" * 30, "."]
)
def test_what_is_no_number_is_none(typed) -> None:
    assert read_number(typed, decimals=2) is None


@given(some.text(max_size=20), some.sampled_from([None, 0, 2]))
def test_reading_never_fails(typed, decimals) -> None:
    read_number(typed, decimals=decimals)


@given(some.integers(min_value=-(10**12), max_value=10**12))
def test_whole_number_that_was_shown_is_read_again(number) -> None:
    assert read_number(str(number), decimals=0) == number
