"""Dead ends, questions nobody reaches, circles; and hints to the one who builds."""

import itertools
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.questionnaires import definition, options, question, section
from tests.questionnaires import cases

from stocktaking.questionnaires.rules.conditions import visible
from stocktaking.questionnaires.rules.definition import QuestionDef
from stocktaking.questionnaires.rules.paths import circle, problems
from stocktaking.questionnaires.rules.shapes import malformed
from stocktaking.questionnaires.states import QuestionKind as Kind

COLOUR = question("colour", Kind.CHOICE, settings={"options": options("red", "blue")})
SOME = question("some", Kind.MANY, settings={"options": options("a", "b", "c"), "max": 2})
SIZE = question("size", Kind.NUMBER, settings={"min": 0, "max": 10})
TEXT = question("text", Kind.LONG, settings={"max_words": 50})


def red(code: str = "colour") -> dict[str, Any]:
    return {"question": code, "is": "red"}


def told(*questions: QuestionDef) -> list[tuple[str, str]]:
    found = problems(definition("small", section("all", *questions)))
    return [(one.code, one.at) for one in found if one.code != "translation_missing"]


def test_a_good_questionnaire_has_hints_only() -> None:
    assert [one.code for one in problems(definition()) if one.stops] == []


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [red(), {"question": "colour", "is": "blue"}]},
        {"all": [red(), {"not": red()}]},
        {"question": "size", "more_than": 10},
        {"all": [{"question": "size", "more_than": 4}, {"question": "size", "less_than": 5}]},
        {"question": "text", "words_more_than": 50},
        {"question": "some", "more_than": 2},
        {"all": [{"question": "some", "has": code} for code in "abc"]},
        {"all": [{"fact": "country", "is": "KE"}, {"fact": "country", "is": "FR"}]},
        {"all": [{"question": "some", "is": "a"}, {"question": "some", "has": "b"}]},
        {"all": [{"question": "colour", "answered": False}, red()]},
    ],
)
def test_a_question_that_nobody_reaches_is_found(condition: dict) -> None:
    lost = question("lost", Kind.SHORT, shown_when=condition)

    assert told(COLOUR, SOME, SIZE, TEXT, lost) == [("never_shown", "lost")]


@pytest.mark.parametrize(
    "condition",
    [
        red(),
        {"not": red()},
        {"question": "size", "more_than": 9},
        {"all": [{"question": "size", "more_than": 4}, {"question": "size", "less_than": 6}]},
        {"question": "text", "words_more_than": 49},
        {"question": "some", "more_than": 1},
        {"all": [{"question": "some", "has": code} for code in "ab"]},
        {
            "all": [
                {"fact": "country", "in": ["KE", "FR"]},
                {"not": {"fact": "country", "is": "KE"}},
            ]
        },
        {"not": {"any": [red(), {"question": "colour", "is": "blue"}]}},
        {"all": [{"question": "colour", "answered": True}, {"not": red()}]},
    ],
)
def test_a_question_that_somebody_reaches_is_not(condition: dict) -> None:
    found = question("found", Kind.SHORT, shown_when=condition)

    assert told(COLOUR, SOME, SIZE, TEXT, found) == []


def test_what_hangs_on_something_never_shown_is_never_shown() -> None:
    lost = question("lost", Kind.SHORT, shown_when={"all": [red(), {"not": red()}]})
    below = question("below", Kind.SHORT, shown_when={"question": "lost", "answered": True})
    above = question("above", Kind.SHORT, shown_when={"question": "lost", "answered": False})

    assert told(COLOUR, lost, below, above) == [("never_shown", "lost"), ("never_shown", "below")]


def test_a_contradiction_over_several_steps_is_found() -> None:
    first = question("first", Kind.STATEMENT, shown_when=red())
    second = question(
        "second",
        Kind.SHORT,
        shown_when={"all": [{"question": "first", "is": True}, {"not": red()}]},
    )

    assert told(COLOUR, first, second) == [("never_shown", "second")]


def test_a_requirement_that_is_never_made_is_a_hint() -> None:
    one = question(
        "one", Kind.SHORT, shown_when=red(), required_when={"question": "colour", "is": "blue"}
    )

    found = problems(definition("small", section("all", COLOUR, one)))
    assert [(p.code, p.at) for p in found if p.code == "never_required"] == [
        ("never_required", "one")
    ]
    assert not any(p.stops for p in found)


def test_circles_are_found_without_what_hangs_on_them() -> None:
    held = definition(
        "round",
        section(
            "all",
            question("a", Kind.SHORT, shown_when={"question": "c", "answered": True}),
            question("b", Kind.SHORT, shown_when={"question": "a", "answered": True}),
            question("c", Kind.SHORT, shown_when={"question": "b", "answered": True}),
            question("d", Kind.SHORT, shown_when={"question": "c", "answered": True}),
        ),
    )

    assert circle(held) == ["a", "b", "c"]
    assert [(p.code, p.at) for p in problems(held) if p.stops] == [
        ("circle", "a"), ("circle", "b"), ("circle", "c"),
    ]  # fmt: skip


def test_a_section_that_waits_for_itself_is_a_circle() -> None:
    held = definition("round", section("all", COLOUR, shown_when=red()))

    assert circle(held) == ["colour"]


def test_dead_ends_and_gaps_stop() -> None:
    held = definition(
        "gaps",
        section("empty"),
        section(
            "full",
            question("none", Kind.CHOICE),
            question("much", Kind.MANY, settings={"options": options("a"), "min": 2}),
            question("terms", Kind.TERMS),
            replace(question("mute", Kind.SHORT), label={"en": ""}),
        ),
    )

    assert [(p.code, p.at) for p in problems(held) if p.stops] == [
        ("section_empty", "empty"),
        ("label_missing", "mute"),
        ("options_missing", "none"),
        ("dead_end", "much"),
        ("scheme_missing", "terms"),
    ]
    assert [p.code for p in problems(replace(held, sections=(), title={}))] == [
        "no_sections", "title_missing",
    ]  # fmt: skip


def test_hints_tell_of_order_bindings_options_and_languages() -> None:
    held = definition(
        "hints",
        section("one", question("a", Kind.SHORT, shown_when=red(), binds_to="title")),
        section(
            "two",
            COLOUR,
            question("b", Kind.SHORT, binds_to="title"),
            question("c", Kind.SHORT, shown_when={"question": "colour", "in": ["red", "pink"]}),
        ),
    )

    found = {(p.code, p.at) for p in problems(held)}
    assert {
        ("asked_later", "a"), ("bound_twice", "a"), ("bound_twice", "b"),
        ("option_not_offered", "c"), ("translation_missing", "b"),
    } <= found  # fmt: skip
    assert not any(p.stops for p in problems(held))


@given(st.integers(0, 2**32))
def test_never_is_said_of_nothing_that_can_be_shown(seed: int) -> None:
    chance = random.Random(seed)
    held = cases.definition(chance)
    never = {p.at for p in problems(held) if p.code in ("never_shown", "circle")}

    for _ in range(30):
        stated = cases.answers(chance, held)
        for fault in malformed(held, stated):
            stated.pop(fault.question, None)
        shown = visible(held, stated, cases.facts(chance))
        assert shown.isdisjoint(never)


def test_many_conditions_take_little_work() -> None:
    asked = [
        question(f"q{n}", Kind.CHOICE, settings={"options": options(*"abcdefgh")})
        for n in range(12)
    ]
    wide = question(
        "wide",
        Kind.SHORT,
        shown_when={"all": [{"question": f"q{n}", "in": ["a", "b"]} for n in range(12)]},
    )
    pairs = [
        question(
            f"p{n}",
            Kind.SHORT,
            shown_when={"all": [{"question": a.code, "is": "a"}, {"question": b.code, "is": "b"}]},
        )
        for n, (a, b) in enumerate(itertools.combinations(asked, 2))
    ]

    assert [
        p for p in problems(definition("many", section("s", *asked, wide, *pairs))) if p.stops
    ] == []
