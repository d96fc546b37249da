"""Dates: read by the order that the profile states, never by a guess."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.imports.mapped import codes, mapped

from stocktaking.intake.rules.profiles.dates import NoDateError, read_date
from stocktaking.kernel.periods import PartialDate


@pytest.mark.parametrize(
    ("stated", "order", "read"),
    [
        ("2015", "dmy", "2015"),
        ("2015-02", "mdy", "2015-02"),
        ("2015-2-3", "ymd", "2015-02-03"),
        ("2015-02-13", "mdy", "2015-02-13"),
        ("2015-02-13T23:59:00Z", "dmy", "2015-02-13"),
        ("2015-02-13 00:00:00", "dmy", "2015-02-13"),
        ("2015-02-13T10:00:00.123+05:30", "dmy", "2015-02-13"),
        ("13/02/2015", "dmy", "2015-02-13"),
        ("13. 2. 2015", "dmy", "2015-02-13"),
        ("02-13-2015", "mdy", "2015-02-13"),
        ("2015/02/13", "ymd", "2015-02-13"),
        ("02/2015", "dmy", "2015-02"),
        ("2015.02", "ymd", "2015-02"),
        ("١٣/٠٢/٢٠١٥", "dmy", "2015-02-13"),
        ("２０１５-02", "ymd", "2015-02"),
    ],
)
def test_dates_that_are_read(stated, order, read):
    assert read_date(stated, order=order) == read


@pytest.mark.parametrize(
    ("stated", "order", "code"),
    [
        ("13/02/2015", "mdy", "date_order"),
        ("02/13/2015", "dmy", "date_order"),
        ("13/02/2015", "ymd", "date_order"),
        ("2015/02/13", "dmy", "date_order"),
        ("13/02/15", "dmy", "date_year_short"),
        ("02/15", "dmy", "date_year_short"),
        ("31/02/2015", "dmy", "date_malformed"),
        ("2015-00-00", "ymd", "date_malformed"),
        ("13/13/2015", "dmy", "date_malformed"),
        ("12 March 2015", "dmy", "date_malformed"),
        ("2015?", "ymd", "date_malformed"),
        ("41320", "ymd", "date_malformed"),
        ("spring 2015", "ymd", "date_malformed"),
        ("1013-07-30", "ymd", "date_out_of_range"),
        ("2199-12-31", "ymd", "date_out_of_range"),
        ("0000", "ymd", "date_malformed"),
        ("9" * 10_000, "ymd", "date_malformed"),
    ],
)
def test_dates_that_are_not(stated, order, code):
    with pytest.raises(NoDateError) as caught:
        read_date(stated, order=order)
    assert caught.value.code == code


def test_months_that_the_profile_names():
    months = {"mars": 3, "févr": 2}
    assert read_date("13 mars 2015", order="dmy", months=months) == "2015-03-13"
    assert read_date("Févr. 2015", order="dmy", months=months) == "2015-02"
    assert read_date("13-MARS-2015", order="dmy", months=months) == "2015-03-13"
    with pytest.raises(NoDateError):
        read_date("13 avril 2015", order="dmy", months=months)


def test_not_more_precise_than_the_profile_believes():
    assert read_date("2015-02-13", precision="year") == "2015"
    assert read_date("2015-02-13", precision="month") == "2015-02"
    assert read_date("2015", precision="month") == "2015"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from("./- "))
def test_a_date_written_in_an_order_is_read_in_it(day, sign):
    for order, pieces in {
        "dmy": (day.day, day.month, day.year),
        "mdy": (day.month, day.day, day.year),
        "ymd": (day.year, day.month, day.day),
    }.items():
        assert read_date(sign.join(map(str, pieces)), order=order) == day.isoformat()


@given(st.text(max_size=30), st.sampled_from(["ymd", "dmy", "mdy"]))
def test_any_text_is_a_date_or_told(text, order):
    try:
        read = read_date(text, order=order)
    except NoDateError:
        return
    assert str(PartialDate.parse(read)) == read


def rules(faulty="refuse", more=""):
    return "".join(
        f'[[fields]]\nto = "{name}"\ncolumns = "{name}"\nfaulty = "{faulty}"\n{more}\n'
        for name in ("start", "end")
    )


def test_start_and_end_of_an_entry():
    found = mapped(rules(more='order = "dmy"'), {"start": 2014, "end": "13/02/2015"})
    assert (found.values.start, found.values.end) == ("2014", "2015-02-13")
    assert found.stated >= {"start", "end"}
    assert found.columns["end"] == "end"


def test_each_column_is_read_in_its_own_order():
    rules = "".join(
        f'[[fields]]\nto = "{name}"\ncolumns = "{name}"\norder = "{order}"\n'
        for name, order in (("start", "dmy"), ("end", "mdy"))
    )
    found = mapped(rules, {"start": "03/02/2015", "end": "03/02/2015"})
    assert (found.values.start, found.values.end) == ("2015-02-03", "2015-03-02")
    refused = mapped(rules, {"start": "02/13/2015", "end": "13/02/2015"})
    assert [(f.code, f.column) for f in refused.faults] == [
        ("date_order", "start"),
        ("date_order", "end"),
    ]


def test_a_faulty_date_refuses_or_is_told_or_is_kept():
    data = {"start": "13/02/2015"}
    refused = mapped(rules(), data)
    assert refused.values is None
    assert [(f.code, f.column, f.params) for f in refused.faults] == [
        ("date_order", "start", {"value": "13/02/2015", "order": "ymd"})
    ]
    told = mapped(rules("report"), data)
    assert (told.values.start, codes(told.notes), told.values.extra) == ("", ["date_order"], {})
    kept = mapped(rules("keep"), data)
    assert kept.values.extra == {"as_stated": {"start": ["13/02/2015"]}}


def test_an_end_before_the_start():
    data = {"start": "2015-02-13", "end": "2015-02-12"}
    refused = mapped(rules(), data)
    assert [(f.code, f.column, f.params) for f in refused.faults] == [
        ("ends_before_start", "end", {"value": "2015-02-12", "start": "2015-02-13"})
    ]
    kept = mapped(rules("keep"), data)
    assert (kept.values.start, kept.values.end) == ("2015-02-13", "")
    assert codes(kept.notes) == ["ends_before_start"]
    assert kept.values.extra == {"as_stated": {"end": ["2015-02-12"]}}
    assert mapped(rules(), {"start": "2015-02-13", "end": "2015"}).values.end == "2015"


def test_words_for_no_date():
    found = mapped(rules(more='values = {"2199-12-31" = "", "open" = ""}'), {"end": "2199-12-31"})
    assert (found.values.end, found.notes, found.faults) == ("", (), ())


def test_the_day_of_registration():
    rule = '[[fields]]\nto = "registered_on"\ncolumns = "day"\n'
    assert mapped(rule, {"day": "2015-02-13"}).values.registered_on == dt.date(2015, 2, 13)
    assert codes(mapped(rule, {"day": "2015-02"}).faults) == ["date_imprecise"]
