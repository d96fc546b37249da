"""The frozen catalogue: labels, groups by the day, one for all threads."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import reference as make

from stocktaking.reference.queries import catalogue, forget
from stocktaking.reference.queries.catalogue import Membership, TermView

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@given(start=st.none() | days, end=st.none() | days, day=days)
def test_membership_holds_from_its_first_to_its_last_day(
    start: dt.date | None, end: dt.date | None, day: dt.date
) -> None:
    holds = Membership(1, 2, start, end, "").holds(day)
    assert holds == ((start or dt.date.min) <= day <= (end or dt.date.max))


@given(first=days, change=days, last=days)
def test_periods_that_follow_each_other_leave_no_day_out(
    first: dt.date, change: dt.date, last: dt.date
) -> None:
    eve = change - dt.timedelta(days=1)
    before, after = Membership(1, 2, None, eve, ""), Membership(3, 2, change, None, "")
    for day in (first, eve, change, last):
        assert before.holds(day) + after.holds(day) == 1


def term(**known: object) -> TermView:
    values = {
        "id": 1, "scheme": "s", "code": "C", "order": 1, "assignable": True, "parent": None,
        "title": {"en": "Long", "fr": "Longue"}, "short": {"en": "L"}, "title_status": {},
        "colour": "", "facts": {}, "position": 0,
    }  # fmt: skip
    return TermView(**{**values, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "label", "short"),
    [("en", "Long", "L"), ("fr", "Longue", "Longue"), ("ar", "Long", "L")],
)
def test_label_is_in_the_language_or_the_next_best(language: str, label: str, short: str) -> None:
    assert term().label(language) == label
    assert term().short_label(language) == short


@pytest.mark.parametrize(
    ("code", "parent", "named"),
    [
        ("C4", None, "C4 Long"),
        ("C7-egov", "C7", "C7 Long"),
        ("13", None, "13 Long"),
        ("KE", None, "Long"),
        ("5g_and_beyond", None, "Long"),
    ],
)
def test_code_stands_before_the_name_where_people_use_it(
    code: str, parent: str | None, named: str
) -> None:
    assert term(code=code, parent=parent).named("en") == named


def test_groups_follow_the_day(folder: Path, db: None) -> None:
    make.load(folder)
    known = catalogue()
    hill = known.term("place", "hill")
    assert hill is not None

    def valleys(day: dt.date) -> list[str]:
        return [group.code for group in known.groups_of(hill, scheme="valley", on=day)]

    assert valleys(dt.date(1999, 12, 31)) == ["east"]
    assert valleys(dt.date(2000, 1, 1)) == ["west"]
    west = known.term("valley", "west")
    assert west is not None
    assert [t.code for t in known.members_of(west, on=make.AT.date())] == ["hill", "mill"]


def test_code_is_found_in_either_case(folder: Path, db: None) -> None:
    make.load(folder)
    scheme = catalogue().schemes["craft"]
    assert scheme.get("WOOD") is scheme.get("wood") is not None
    assert scheme.get("silk") is None


def test_a_catalogue_is_read_in_few_statements_and_kept(
    wsis: object, django_assert_num_queries: CaptureQueriesContext
) -> None:
    forget()
    with CaptureQueriesContext(connection) as first:
        known = catalogue()
    assert len(first) <= 7
    with CaptureQueriesContext(connection) as again:
        assert catalogue() is known
    assert len(again) == 0


def test_threads_share_one_catalogue_until_it_is_forgotten(
    folder: Path, transactional_db: None
) -> None:
    make.load(folder)
    known = catalogue()
    found: list[object] = []

    def look() -> None:
        found.append(catalogue())
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one is known for one in found)
    forget()
    assert catalogue() is not known


def test_a_load_is_seen_at_once_in_its_process(folder: Path, transactional_db: None) -> None:
    make.load(folder)
    assert catalogue().schemes["craft"].label("en") == "Craft"
    files = make.tiny()
    files["schemes/craft.json"]["title"]["en"] = "Trade"
    make.load(make.write(folder, files))
    assert catalogue().schemes["craft"].label("en") == "Trade"
