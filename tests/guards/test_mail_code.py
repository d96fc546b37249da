"""Codes by mail that nobody keeps."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.guards.rules import mail_code
from stocktaking.guards.rules.mail_code import MadeFor

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
KEY = b"k" * 32
MINE = MadeFor("report", "ada@example.org", "browser")


def ticket(made_for: MadeFor = MINE, random: bytes = b"r" * 16) -> str:
    expires = AT + dt.timedelta(minutes=30)
    return mail_code.write(made_for, expires=expires, key=KEY, random=random)


def fault(text: str, typed: str, made_for: MadeFor = MINE, *, key=KEY, at=AT) -> str | None:
    return mail_code.fault(text, typed, made_for, key=key, at=at)


CODE = mail_code.code(ticket(), key=KEY)


def test_code_of_a_ticket_counts_until_it_expires():
    assert len(CODE) == 8
    assert fault(ticket(), CODE) is None
    assert fault(ticket(), CODE, at=AT + dt.timedelta(minutes=30)) == "code_expired"


def test_code_may_be_typed_as_people_type():
    assert fault(ticket(), f" {CODE[:4]} {CODE[4:]} ") is None
    assert fault(ticket(), CODE.translate({48 + n: 0x0660 + n for n in range(10)})) is None


@pytest.mark.parametrize(
    "made_for",
    [
        MadeFor("other", "ada@example.org", "browser"),
        MadeFor("report", "bo@example.org", "browser"),
        MadeFor("report", "ada@example.org", "another"),
        MadeFor("report", "ada@example.orgbrowser", ""),
    ],
)
def test_code_made_for_something_else_is_wrong(made_for):
    assert fault(ticket(), CODE, made_for) == "code_wrong"


def test_code_of_another_ticket_or_key_is_wrong():
    other = ticket(random=b"s" * 16)
    assert fault(other, CODE) == "code_wrong"
    assert fault(ticket(), mail_code.code(other, key=KEY)) == "code_wrong"
    assert fault(ticket(), CODE, key=b"x" * 32) == "code_wrong"
    assert fault(ticket(), mail_code.code(ticket(), key=b"x" * 32)) == "code_wrong"


@pytest.mark.parametrize("part", range(5))
def test_ticket_without_a_part_is_wrong(part):
    parts = ticket().split(".")
    without = ".".join([*parts[:part], *parts[part + 1 :]])
    assert fault(without, mail_code.code(without, key=KEY)) == "code_wrong"


def test_ticket_with_another_moment_is_wrong():
    parts = ticket().split(".")
    later = ".".join([*parts[:2], "9999999999", *parts[3:]])
    assert fault(later, CODE) == "code_wrong"
    assert fault(later, mail_code.code(later, key=KEY)) == "code_wrong"


@pytest.mark.parametrize(("text", "typed"), [("", CODE), (ticket(), ""), (ticket(), "  ")])
def test_missing_code_is_told_apart(text, typed):
    assert fault(text, typed) == "code_missing"


@given(st.text(max_size=200), st.text(max_size=20))
def test_anything_else_never_counts_and_never_fails(text, typed):
    assert fault(text, typed) in {"code_missing", "code_wrong"}
