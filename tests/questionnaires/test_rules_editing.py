"""Steps of the builder, and what one version says other than another."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.questionnaires import definition, options, question, section, texts

from stocktaking.questionnaires.rules import checking, editing
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.differences import differences
from stocktaking.questionnaires.states import QuestionKind as Kind

COLOUR = question("colour", Kind.CHOICE, settings={"options": options("red", "blue")})
HELD = definition(
    "small",
    section("one", question("a", Kind.SHORT), COLOUR),
    section(
        "two",
        question("b", Kind.SHORT, shown_when={"all": [{"question": "colour", "is": "red"}]}),
        question("c", Kind.SHORT, required_when={"not": {"question": "colour", "is": "red"}}),
        shown_when={"question": "a", "answered": True},
    ),
)


def order(held: Definition) -> list[str]:
    return [" ".join([s.code, *(q.code for q in s.questions)]) for s in held.sections]


def test_questions_move_within_and_over_the_border() -> None:
    assert order(editing.move_question(HELD, "colour", -1)) == ["one colour a", "two b c"]
    assert order(editing.move_question(HELD, "colour", 1)) == ["one a", "two colour b c"]
    assert order(editing.move_question(HELD, "b", -1)) == ["one a colour b", "two c"]
    assert editing.move_question(HELD, "a", -1) == HELD
    assert editing.move_question(HELD, "c", 1) == HELD
    assert order(editing.move_question_to(HELD, "a", "two")) == ["one colour", "two b c a"]


def test_sections_move_and_go() -> None:
    assert order(editing.move_section(HELD, "two", -1)) == ["two b c", "one a colour"]
    assert editing.move_section(HELD, "one", -1) == HELD
    assert order(editing.remove_section(HELD, "one")) == ["two b c"]
    assert order(editing.add_section(HELD, section("three"))) == [
        "one a colour",
        "two b c",
        "three",
    ]


def test_a_new_code_is_followed_by_whatever_asks() -> None:
    renamed = editing.replace_question(HELD, "colour", replace(COLOUR, code="hue"))
    renamed = editing.replace_question(renamed, "a", question("first", Kind.SHORT))

    assert checking.faults(renamed) == []
    assert editing.asked_by(renamed, frozenset({"hue"})) == ["b", "c"]
    assert editing.asked_by(renamed, frozenset({"first"})) == ["two"]
    assert editing.asked_by(renamed, frozenset({"hue", "b", "c"})) == []


def test_dates_that_follow_another_are_asked_for() -> None:
    assert editing.asked_by(definition(), frozenset({"start"})) == ["end"]
    renamed = editing.replace_question(
        definition(), "start", replace(definition().question("start"), code="begin")
    )
    assert renamed.question("end").settings["not_before"] == "begin"


def test_codes_are_made_of_texts_and_are_free() -> None:
    made = editing.free_code(HELD, "Où êtes-vous ?", otherwise="question")
    assert made == "ou-etes-vous"
    assert editing.free_code(HELD, "A", otherwise="question") == "a-2"
    assert editing.free_code(HELD, "ماذا", otherwise="question") == "question"
    long_one = editing.free_code(HELD, "word " * 30, otherwise="question")
    assert checking.settings.is_code(long_one)


@pytest.mark.parametrize(
    "call",
    [
        lambda: editing.remove_question(HELD, "gone"),
        lambda: editing.move_question(HELD, "gone", 1),
        lambda: editing.move_question_to(HELD, "a", "gone"),
        lambda: editing.remove_section(HELD, "gone"),
        lambda: editing.replace_question(HELD, "gone", COLOUR),
    ],
)
def test_unknown_codes_are_a_lookup_error(call) -> None:
    with pytest.raises(LookupError):
        call()


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", "colour"]), st.sampled_from([-1, 1]))))
def test_moving_loses_nothing(moves: list) -> None:
    held = HELD
    for code, step in moves:
        held = editing.move_question(held, code, step)

    assert sorted(q.code for q in held.questions()) == ["a", "b", "c", "colour"]
    assert [s.code for s in held.sections] == ["one", "two"]


def test_differences_tell_what_became_of_each_question() -> None:
    changed = editing.replace_question(HELD, "a", question("a", Kind.NUMBER))
    changed = editing.move_question_to(changed, "colour", "two")
    changed = editing.remove_question(changed, "c")
    changed = editing.add_question(changed, "one", question("new", Kind.DATE))
    changed = editing.replace_section(
        changed, "two", replace(changed.section("two"), title=texts("Other"))
    )
    changed = editing.add_section(changed, section("three"))

    found = [(d.turn, d.code, d.names, d.carried) for d in differences(HELD, changed)]
    assert found == [
        ("changed", "a", ("kind",), False),
        ("added", "new", (), True),
        ("changed", "two", ("title",), True),
        ("moved", "colour", (), True),
        ("added", "three", (), True),
        ("removed", "c", (), False),
    ]


@given(st.integers(0, 9_999))
def test_a_definition_does_not_differ_from_itself(seed: int) -> None:
    chance = random.Random(seed)
    questions = [question(code, chance.choice(list(Kind))) for code in "abcd"]
    held = definition("same", section("one", *questions[:2]), section("two", *questions[2:]))

    assert differences(held, held) == ()
