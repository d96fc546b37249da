"""Answers of every kind: what cannot be kept, what stops sending, and the place of each fault."""

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.factories.questionnaires import answers, definition, facts, question, section
from tests.questionnaires import cases

from stocktaking.questionnaires.operations.refusals import MESSAGES, message
from stocktaking.questionnaires.rules.answers import faults
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.known import FileFacts, Known, SchemeFacts, TermFacts
from stocktaking.questionnaires.rules.progress import completeness, progress
from stocktaking.questionnaires.rules.shapes import malformed, oversized
from stocktaking.questionnaires.rules.values import answered, tidy
from stocktaking.questionnaires.states import QuestionKind as Kind

MEGABYTE = 1024 * 1024


def scheme(*codes: str, heading: str = "", old: str = "") -> SchemeFacts:
    return SchemeFacts(
        {
            code: TermFacts(assignable=code != heading, retired=code == old)
            for code in (*codes, heading, old)
            if code
        }
    )


KNOWN = Known(
    today=dt.date(2026, 3, 2),
    schemes={
        "line": scheme("L1", "L2", heading="L3", old="L9"),
        "goal": scheme("1", "2", "3"),
        "country": scheme("KE", "FR", "SD"),
        "stakeholder": scheme("academia", "government"),
    },
    organisations={7},
    files={
        1: FileFacts("application/pdf", MEGABYTE),
        2: FileFacts("image/png", MEGABYTE, picture=True),
        3: FileFacts("application/pdf", 9 * MEGABYTE),
        4: FileFacts("image/png", 11 * MEGABYTE, picture=True),
    },
)


def places(held: dict[str, Any], content: Definition | None = None) -> list[tuple[str, str]]:
    found = faults(content or definition(), held, facts(), KNOWN)
    return [(fault.code, fault.field) for fault in found]


def test_good_answers_may_be_sent() -> None:
    assert places(answers()) == []


def test_everything_that_is_missing_is_told_at_once_in_the_order_of_the_form() -> None:
    assert places({}) == [
        ("required", "title"),
        ("required", "summary"),
        ("required", "status"),
        ("required", "line"),
        ("required", "owner"),
        ("statement_not_accepted", "agreed"),
    ]


@pytest.mark.parametrize(
    ("stated", "code", "place"),
    [
        ({"title": "x" * 121}, "too_long", "title"),
        ({"summary": "Too few."}, "too_few_words", "summary"),
        ({"summary": "word " * 41}, "too_many_words", "summary"),
        ({"status": "lost"}, "option_unknown", "status"),
        ({"start": "2019-13"}, "date_malformed", "start"),
        ({"start": "2019-02-30"}, "date_malformed", "start"),
        ({"start": "٢٠١٩"}, "date_malformed", "start"),
        ({"start": "0019"}, "date_out_of_range", "start"),
        ({"end": "2025"}, "date_needs_month", "end"),
        ({"end": "2018-12"}, "date_before_other", "end"),
        ({"means": ["radio", "pigeon"]}, "option_unknown", "means"),
        ({"means": ["radio", "radio"]}, "stated_twice", "means"),
        ({"means": ["fibre"]}, "required", "budget"),
        ({"budget": -1}, "too_small", "budget"),
        ({"budget": 1_000_001}, "too_large", "budget"),
        ({"budget": 1.5}, "not_whole", "budget"),
        ({"line": [{"code": "L7"}]}, "term_unknown", "line"),
        ({"line": [{"code": "L3"}]}, "term_is_heading", "line"),
        ({"line": [{"code": "L9"}]}, "term_retired", "line"),
        ({"line": [{"code": "L1"}, {"code": "L1"}]}, "stated_twice", "line"),
        ({"line": [{"code": "L1", "note": "n"}]}, "note_not_asked", "line.L1.note"),
        ({"goal": [{"code": "3", "note": "Short."}]}, "too_few_words", "goal.3.note"),
        ({"goal": [{"code": "3"}]}, "too_few_words", "goal.3.note"),
        ({"countries": ["XX"]}, "term_unknown", "countries"),
        ({"countries": ["KE"] * 4}, "too_many", "countries"),
        ({"owner": {"number": 8}}, "organisation_unknown", "owner.number"),
        ({"owner": {"country": "KE"}}, "name_missing", "owner.name"),
        ({"owner": {"name": "A"}}, "country_missing", "owner.country"),
        ({"owner": {"name": "A", "country": "X"}}, "term_unknown", "owner.country"),
        ({"owner": {"name": "A", "country": "KE", "type": "x"}}, "term_unknown", "owner.type"),
        (
            {"owner": {"name": "A", "country": "KE", "website": "x"}},
            "address_malformed",
            "owner.website",
        ),
        ({"contacts": [{"name": "A"}]}, "email_missing", "contacts.0.email"),
        ({"contacts": [{"email": "a@example.org"}]}, "name_missing", "contacts.0.name"),
        ({"contacts": [{"name": "A", "email": "a@b"}]}, "email_malformed", "contacts.0.email"),
        ({"contacts": [{"name": "A", "email": "a@example.org"}] * 4}, "too_many", "contacts"),
        ({"papers": [{"file": 99}]}, "file_unknown", "papers.0.file"),
        ({"papers": [{"file": 2}]}, "file_type_refused", "papers.0.file"),
        ({"papers": [{"file": 3}]}, "file_too_large", "papers.0.file"),
        ({"papers": [{"file": 1}, {"file": 1}]}, "stated_twice", "papers"),
        ({"pictures": [{"file": 1, "alt": "A mast"}]}, "file_unknown", "pictures.0.file"),
        ({"pictures": [{"file": 2}]}, "alternative_missing", "pictures.0.alt"),
        ({"pictures": [{"file": 4, "alt": "A mast"}]}, "file_too_large", "pictures.0.file"),
        ({"website": [{"url": "ftp://example.org"}]}, "address_malformed", "website.0.url"),
        ({"website": [{"label": "Here"}]}, "address_missing", "website.0.url"),
        ({"website": [{"url": "https://a.org"}] * 2}, "only_one", "website"),
        ({"links": [{"url": "https://a.org"}] * 4}, "too_many", "links"),
        ({"agreed": None}, "statement_not_accepted", "agreed"),
    ],
)
def test_a_wrong_answer_is_told_at_its_place(stated: dict, code: str, place: str) -> None:
    found = places(answers(**stated))

    assert (code, place) in found
    assert {where.partition(".")[0] for _code, where in found} <= {place.partition(".")[0]}


def test_questions_for_some_are_not_asked_of_others() -> None:
    held = definition()

    asked = faults(held, answers(), facts(stakeholder="government"), KNOWN)

    assert [(fault.code, fault.question) for fault in asked] == [("required", "ministry")]


def test_hidden_answers_stop_nobody() -> None:
    assert places(answers(status="planned", end="nonsense", website=[{"url": "nonsense"}])) == []


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://", "https://a b.org", "https://u:p@example.org", "//a.org",
     "https://[::1", "https://a.org:x", "http://a.org/\n"],
)  # fmt: skip
def test_addresses_that_are_none_are_refused(address: str) -> None:
    found = places(answers(links=[{"url": address}]))

    assert found[0][1].startswith("links")


@pytest.mark.parametrize(
    "address",
    ["a@@example.org", "a b@example.org", "@example.org", "a@example.org\nBcc: x@y.org",
     "a@-x.org", "a@x..org", "a@example.org>", f"{'a' * 65}@example.org", "A <a@example.org>"],
)  # fmt: skip
def test_mail_addresses_that_are_none_are_refused(address: str) -> None:
    assert places(answers(contacts=[{"name": "A", "email": address}]))


@pytest.mark.parametrize("address", ["o'neil+x@example.co.uk", "a@xn--e1afmkfd.xn--p1ai", "я@a.рф"])
def test_mail_addresses_of_the_world_are_taken_as_mail_takes_them(address: str) -> None:
    found = places(answers(contacts=[{"name": "A", "email": address}]))

    assert bool(found) is not address.isascii()


def test_a_number_may_have_as_many_decimals_as_asked() -> None:
    one = question("n", Kind.NUMBER, settings={"decimals": 2})
    content = definition("n", section("s", one))

    assert places({"n": 1.25}, content) == []
    assert places({"n": 1.255}, content) == [("too_many_decimals", "n")]


def test_a_date_has_bounds_and_a_year_that_may_fit_does() -> None:
    settings = {"earliest": "2020-06", "latest": "2021-03-15"}
    content = definition("d", section("s", question("d", Kind.DATE, settings=settings)))

    assert places({"d": "2020"}, content) == []
    assert places({"d": "2020-05"}, content) == [("date_too_early", "d")]
    assert places({"d": "2021-03-16"}, content) == [("date_too_late", "d")]


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("gone", "x", "question_unknown"),
        ("title", 3, "answer_malformed"),
        ("title", ["x"], "answer_malformed"),
        ("title", "a\x00b", "control_character"),
        ("title", "a\nb", "control_character"),
        ("title", "a\ud800", "control_character"),
        ("title", "x" * 2_001, "too_long"),
        ("summary", "x" * 60_001, "too_long"),
        ("summary", "a\x08b", "control_character"),
        ("budget", "3", "number_malformed"),
        ("budget", True, "number_malformed"),
        ("budget", float("nan"), "number_malformed"),
        ("budget", float("inf"), "number_malformed"),
        ("budget", 2**54, "number_malformed"),
        ("status", "x" * 61, "too_long"),
        ("means", "radio", "answer_malformed"),
        ("means", [3], "answer_malformed"),
        ("means", ["x"] * 301, "too_many"),
        ("goal", ["3"], "answer_malformed"),
        ("goal", [{"code": "3", "mark": "x"}], "answer_malformed"),
        ("goal", [{"code": "3", "note": "x" * 10_001}], "too_long"),
        ("owner", "x", "answer_malformed"),
        ("owner", {"number": "7"}, "answer_malformed"),
        ("owner", {"number": True}, "answer_malformed"),
        ("owner", {"number": 0}, "answer_malformed"),
        ("contacts", [{"name": "a\nb"}], "control_character"),
        ("papers", [{"file": "1"}], "answer_malformed"),
        ("agreed", "yes", "answer_malformed"),
        ("agreed", 1, "answer_malformed"),
    ],
)
def test_what_cannot_be_kept_is_told(code: str, value: object, reason: str) -> None:
    found = malformed(definition(), {code: value})

    assert reason in [fault.code for fault in found]
    assert all(fault.question == code for fault in found)


def test_a_draft_may_hold_what_cannot_be_sent() -> None:
    half = {"title": "x" * 500, "summary": "Few", "start": "20", "status": "lost", "line": [{}]}

    assert malformed(definition(), half) == []


def test_all_answers_together_have_a_greatest_size() -> None:
    assert oversized({"a": "é" * 400_000}) == []
    assert [fault.code for fault in oversized({"a": "é" * 500_001})] == ["answers_too_large"]


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "note", "number", "name", "file", "url", "email", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
CODES = [one.code for one in definition().questions()]


@given(st.dictionaries(st.sampled_from([*CODES, "gone"]), NESTED, max_size=5))
def test_no_answers_break_the_rules(stated: dict) -> None:
    held = definition()
    for version in (stated, {code: tidy(value) for code, value in stated.items()}):
        for fault in faults(held, version, facts(), KNOWN):
            assert message(fault.code, dict(fault.params))
    assert 0 <= completeness(held, {}, facts(), KNOWN) <= 100


@given(NESTED)
@example([[[[None]]]])
@example([[[[False]]]])
def test_tidying_twice_changes_nothing_and_empties_nothing(value: object) -> None:
    once = tidy(value)

    assert repr(tidy(once)) == repr(once)
    assert (once is None) is not answered(value)


@given(st.integers(0, 2**32))
def test_progress_agrees_with_the_faults(seed: int) -> None:
    chance = random.Random(seed)
    held = cases.definition(chance)
    stated, around = cases.answers(chance, held), cases.facts(chance)
    found = faults(held, stated, around, KNOWN)

    rows = progress(held, stated, around, KNOWN)

    if not malformed(held, stated):
        assert sum(row.problems for row in rows) == len(found)
    assert (completeness(held, stated, around, KNOWN) == 100) is (not found)


def test_progress_tells_empty_begun_complete_and_problems() -> None:
    held = definition()
    stated = {"title": "A", "line": [{"code": "L1"}], "owner": {"number": 99}}

    rows = {row.code: row for row in progress(held, stated, facts(), KNOWN)}

    assert [rows[code].state for code in ("about", "place", "people", "agreement")] == [
        "begun", "complete", "problems", "empty",
    ]  # fmt: skip
    assert "proof" not in rows
    assert rows["about"].problems == 2
    assert completeness(held, stated, facts(), KNOWN) == 33


def test_every_code_of_a_fault_has_a_message() -> None:
    held = definition()
    wrong = replace(held, slug="-", sections=(*held.sections, *held.sections))

    assert {fault.code for fault in faults(wrong, {}, {}, KNOWN)} <= MESSAGES.keys()
