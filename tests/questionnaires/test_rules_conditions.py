"""Conditions: what holds, what hides with what, and what is refused before it is evaluated."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.questionnaires import definition, options, question, section
from tests.questionnaires import cases

from stocktaking.questionnaires.rules.answers import effective
from stocktaking.questionnaires.rules.conditions import (
    holds,
    in_order,
    required,
    visible,
    visible_sections,
)
from stocktaking.questionnaires.rules.wellformed import DEPTH_MAX, NODES_MAX, check
from stocktaking.questionnaires.states import QuestionKind as Kind

SEEDS = st.integers(0, 2**32)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "question", "is", "in", "has", "fact", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ({"is": "red"}, "red", True),
        ({"is": "red"}, "blue", False),
        ({"is": "red"}, None, False),
        ({"is": "red"}, ["red"], True),
        ({"is": "red"}, ["red", "blue"], False),
        ({"is": 1}, 1.0, True),
        ({"is": 1}, True, False),
        ({"is": True}, True, True),
        ({"is": True}, 1, False),
        ({"is": "1"}, 1, False),
        ({"in": ["red", "blue"]}, "blue", True),
        ({"in": ["red", "blue"]}, ["green", "blue"], True),
        ({"in": ["red"]}, [], False),
        ({"has": "L1"}, [{"code": "L1", "note": ""}, {"code": "L2"}], True),
        ({"has": "L3"}, [{"code": "L1"}], False),
        ({"answered": True}, 0, True),
        ({"answered": True}, " \u200b\n", False),
        ({"answered": True}, {"name": ""}, False),
        ({"answered": False}, [{"name": "", "email": ""}], True),
        ({"more_than": 2}, 3, True),
        ({"more_than": 3}, 3, False),
        ({"less_than": 3}, None, False),
        ({"less_than": 3}, 2.5, True),
        ({"more_than": 1}, ["a", "b"], True),
        ({"more_than": 1}, ["a", ""], False),
        ({"less_than": 1}, [], False),
        ({"words_more_than": 1}, "two words", True),
        ({"words_less_than": 2}, "two words", False),
        ({"words_less_than": 2}, None, True),
        ({"words_more_than": 0}, "…", False),
    ],
)
def test_comparisons(condition: dict, value: object, expected: bool) -> None:
    assert holds({"question": "q", **condition}, {"q": value}, {}) is expected


def test_conditions_are_combined() -> None:
    red, big = {"question": "c", "is": "red"}, {"question": "n", "more_than": 5}
    answers = {"c": "red", "n": 1}

    assert holds({"any": [red, big]}, answers, {})
    assert not holds({"all": [red, big]}, answers, {})
    assert holds({"all": [red, {"not": big}]}, answers, {})
    assert holds(None, {}, {})


def test_facts_are_compared() -> None:
    facts = {"stakeholder": "academia"}

    assert holds({"fact": "stakeholder", "is": "academia"}, {}, facts)
    assert holds({"fact": "stakeholder", "in": ["government", "academia"]}, {}, facts)
    assert not holds({"fact": "country", "is": "KE"}, {}, facts)


def test_what_is_hidden_hides_what_hangs_on_it() -> None:
    held = definition()
    answers = {"status": "completed", "end": "2025-11"}

    assert {"end", "lessons", "papers"} <= visible(held, answers, {})
    assert visible(held, {**answers, "status": "planned"}, {}).isdisjoint(
        {"end", "lessons", "papers"}
    )


def test_hidden_answers_do_not_count() -> None:
    held = definition()
    answers = {"status": "ongoing", "end": "2025-11", "lessons": "Many.", "title": " "}

    assert effective(held, answers, {}) == {"status": "ongoing"}


def test_sections_hide_when_nothing_in_them_is_shown() -> None:
    held = definition(
        "small",
        section("one", question("a", Kind.CHOICE, settings={"options": options("x", "y")})),
        section("two", question("b", Kind.SHORT, shown_when={"question": "a", "is": "x"})),
        section("three", question("c", Kind.SHORT), shown_when={"question": "b", "answered": True}),
    )

    def codes(**answers: str) -> list[str]:
        return [one.code for one in visible_sections(held, answers, {})]

    assert codes() == ["one"]
    assert codes(a="x") == ["one", "two"]
    assert codes(a="x", b="Yes") == ["one", "two", "three"]
    assert codes(a="y", b="Yes") == ["one"]


def test_a_long_chain_is_followed_to_its_end() -> None:
    first = question("q0", Kind.STATEMENT)
    others = [
        question(f"q{n}", Kind.STATEMENT, shown_when={"question": f"q{n - 1}", "is": True})
        for n in range(1, 300)
    ]
    held = definition("chain", section("all", *reversed(others), first))
    answers = {f"q{n}": True for n in range(300)}

    assert len(visible(held, answers, {})) == 300
    assert visible(held, {**answers, "q7": None}, {}) == {f"q{n}" for n in range(8)}


def test_circles_are_shown_to_nobody() -> None:
    held = definition(
        "round",
        section(
            "all",
            question("a", Kind.SHORT, shown_when={"question": "b", "answered": True}),
            question("b", Kind.SHORT, shown_when={"question": "a", "answered": True}),
            question("c", Kind.SHORT, shown_when={"question": "a", "answered": False}),
            question("d", Kind.SHORT),
        ),
    )

    assert visible(held, {"a": "1", "b": "2", "c": "3", "d": "4"}, {}) == {"d"}


def test_required_when_looks_at_what_counts() -> None:
    budget = definition().question("budget")
    assert budget is not None

    assert required(budget, {"means": ["fibre", "radio"]}, {})
    assert not required(budget, {"means": ["radio"]}, {})


@given(SEEDS)
def test_hiding_never_depends_on_what_hidden_questions_hold(seed: int) -> None:
    chance = random.Random(seed)
    held = cases.definition(chance)
    answers, facts = cases.answers(chance, held), cases.facts(chance)
    shown = visible(held, answers, facts)

    stripped = {code: value for code, value in answers.items() if code in shown}
    assert visible(held, stripped, facts) == shown
    assert effective(held, stripped, facts) == effective(held, answers, facts)


@given(SEEDS)
def test_each_shown_question_has_its_conditions_met(seed: int) -> None:
    chance = random.Random(seed)
    held = cases.definition(chance)
    answers, facts = cases.answers(chance, held), cases.facts(chance)
    shown, counting = visible(held, answers, facts), effective(held, answers, facts)

    for one in held.sections:
        for asked in one.questions:
            met = holds(one.shown_when, counting, facts) and holds(
                asked.shown_when, counting, facts
            )
            if asked.code in shown:
                assert met


@given(st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.sampled_from("abcdef"))))
def test_order_puts_each_code_after_what_it_needs(needs: dict) -> None:
    needs = {code: wanted & needs.keys() for code, wanted in needs.items()}
    ordered, caught = in_order(needs)

    for place, code in enumerate(ordered):
        assert needs[code] <= set(ordered[:place])
    for code in caught:
        assert needs[code] & set(caught)
    assert sorted([*ordered, *caught]) == sorted(needs)


KINDS = {
    "text": Kind.LONG,
    "one": Kind.CHOICE,
    "some": Kind.MANY,
    "number": Kind.NUMBER,
    "yes": Kind.STATEMENT,
    "who": Kind.ORGANISATION,
}


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("x", "condition_malformed"),
        ([], "condition_malformed"),
        ({}, "condition_malformed"),
        ({"all": []}, "condition_malformed"),
        ({"all": [], "any": []}, "condition_malformed"),
        ({"all": {"question": "one", "is": "x"}}, "condition_malformed"),
        ({"not": None}, "condition_malformed"),
        ({"question": "one"}, "condition_malformed"),
        ({"question": "one", "is": "x", "has": "x"}, "condition_malformed"),
        ({"question": "one", "like": "x"}, "condition_malformed"),
        ({"question": "gone", "is": "x"}, "condition_asks_unknown"),
        ({"question": ["one"], "is": "x"}, "condition_asks_unknown"),
        ({"question": "one", "has": "x"}, "comparison_unfitting"),
        ({"question": "who", "is": "x"}, "comparison_unfitting"),
        ({"question": "text", "more_than": 3}, "comparison_unfitting"),
        ({"question": "one", "is": 3}, "condition_value_malformed"),
        ({"question": "one", "is": ""}, "condition_value_malformed"),
        ({"question": "one", "in": []}, "condition_value_malformed"),
        ({"question": "one", "in": "x"}, "condition_value_malformed"),
        ({"question": "one", "answered": 1}, "condition_value_malformed"),
        ({"question": "yes", "is": False}, "condition_value_malformed"),
        ({"question": "number", "more_than": "3"}, "condition_value_malformed"),
        ({"question": "number", "more_than": True}, "condition_value_malformed"),
        ({"question": "number", "is": 2**60}, "condition_value_malformed"),
        ({"question": "number", "less_than": float("nan")}, "condition_value_malformed"),
        ({"fact": "weather", "is": "x"}, "fact_unknown"),
        ({"fact": "country", "is": 3}, "condition_malformed"),
        ({"fact": "country", "in": "KE"}, "condition_malformed"),
        ({"fact": "country", "has": "KE"}, "condition_malformed"),
    ],
)
def test_a_malformed_condition_is_refused(condition: object, code: str) -> None:
    assert [fault.code for fault in check(condition, KINDS, "place")] == [code]


def test_conditions_have_a_greatest_depth_and_size() -> None:
    leaf: dict = {"question": "one", "is": "x"}
    deep = leaf
    for _ in range(DEPTH_MAX):
        deep = {"not": deep}
    wide = {"all": [leaf] * NODES_MAX}

    assert [fault.code for fault in check(deep, KINDS, "place")] == ["condition_too_big"]
    assert [fault.code for fault in check(wide, KINDS, "place")] == ["condition_too_big"]
    assert check(deep["not"], KINDS, "place") == []


@given(JSON)
def test_whatever_is_sent_is_refused_or_can_be_evaluated(stated: object) -> None:
    if not check(stated, KINDS, "place"):
        assert isinstance(stated, dict)
        holds(stated, {"one": "x", "number": 3, "text": "a b"}, {"country": "KE"})
