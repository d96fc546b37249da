import datetime as dt

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as some

from stocktaking.kernel.periods import PRECISIONS, PartialDate
from stocktaking.web.forms.dates import date_fields, date_initial, read_date


class DateForm(forms.Form):
    def __init__(self, data):
        super().__init__(data)
        self.fields |= date_fields("when")


def read(data: dict[str, str]) -> tuple[str, bool]:
    """The date as read, and whether the form has an error."""
    form = DateForm(data)
    form.is_valid()
    date = read_date(form, "when", form.cleaned_data)
    return date, bool(form.errors)


@given(some.dates(min_value=dt.date(1000, 1, 1)), some.sampled_from(PRECISIONS))
def test_date_that_was_shown_is_read_again(date, precision) -> None:
    text = str(PartialDate(date, precision))
    assert read(date_initial("when", text)) == (text, False)


@given(some.tuples(*[some.text(max_size=5)] * 3))
def test_reading_never_fails_and_gives_a_date_or_an_error(typed) -> None:
    names = ("when_year", "when_month", "when_day")
    date, wrong = read(dict(zip(names, typed, strict=True)))
    if date:
        assert str(PartialDate.parse(date)) == date
    assert not (date and wrong)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("2019", "5", "", "2019-05"),
        ("2019", "05", "7", "2019-05-07"),
        ("", "", "", ""),
    ],
)
def test_parts_are_put_together(year, month, day, expected) -> None:
    assert read({"when_year": year, "when_month": month, "when_day": day}) == (expected, False)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [("", "5", ""), ("2019", "", "7"), ("2019", "13", ""), ("2019", "2", "30"), ("19", "", "x")],
)
def test_impossible_dates_are_errors(year, month, day) -> None:
    date, wrong = read({"when_year": year, "when_month": month, "when_day": day})
    assert (date, wrong) == ("", True)
