"""When a question is shown or required: conditions as data, evaluated alike here and in browsers.

A condition is one of ``{"all": [...]}``, ``{"any": [...]}``, ``{"not": c}``, a comparison
``{"question": code, <comparison>: value}`` or ``{"fact": name, "is" | "in": value}``. What a
hidden question was answered before counts as nothing, through any number of steps. The browser's
half is ``web/static/web/questionnaire.js``; a test runs both on the same cases.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from stocktaking.kernel.text import count_words
from stocktaking.questionnaires.rules.definition import (
    Condition,
    Definition,
    QuestionDef,
    SectionDef,
)
from stocktaking.questionnaires.rules.values import (
    Answers,
    Facts,
    answered,
    chosen,
    is_number,
    same,
)

FACTS = ("stakeholder", "country", "language", "occasion", "role")
COMPARISONS = (
    "is",
    "in",
    "has",
    "answered",
    "more_than",
    "less_than",
    "words_more_than",
    "words_less_than",
)


def holds(condition: Condition | None, answers: Answers, facts: Facts) -> bool:
    """Whether a condition is met. No condition is always met.

    ``answers`` are those of visible questions only: see ``visible`` and ``answers.effective``.
    """
    if condition is None:
        return True
    if "all" in condition:
        return all(holds(one, answers, facts) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, answers, facts) for one in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers, facts)
    if "fact" in condition:
        stated = facts.get(condition["fact"]) or ""
        wanted = condition["in"] if "in" in condition else [condition["is"]]
        return stated in wanted
    return _compare(condition, answers.get(condition["question"]))


def _compare(condition: Condition, value: Any) -> bool:
    if "answered" in condition:
        return answered(value) is condition["answered"]
    if "is" in condition:
        found = chosen(value)
        return len(found) == 1 and same(found[0], condition["is"])
    if "in" in condition:
        return any(same(one, other) for one in chosen(value) for other in condition["in"])
    if "has" in condition:
        return any(same(one, condition["has"]) for one in chosen(value))
    if "words_more_than" in condition or "words_less_than" in condition:
        words = count_words(value) if isinstance(value, str) else 0
        if "words_more_than" in condition:
            return bool(words > condition["words_more_than"])
        return bool(words < condition["words_less_than"])
    amount = _amount(value)
    if amount is None:
        return False
    if "more_than" in condition:
        return bool(amount > condition["more_than"])
    return bool(amount < condition["less_than"])


def _amount(value: Any) -> int | float | None:
    """A number itself; of a list how many; of nothing nothing."""
    if isinstance(value, list):
        return sum(1 for one in value if answered(one)) or None
    return value if is_number(value) else None


def mentioned(condition: Condition | None) -> Iterator[str]:
    """The codes of the questions that a condition asks about."""
    for node in nodes(condition):
        if "question" in node:
            yield node["question"]


def nodes(condition: Condition | None) -> Iterator[Condition]:
    """The condition and all within it. It has been checked."""
    if condition is None:
        return
    yield condition
    for one in (*condition.get("all", ()), *condition.get("any", ())):
        yield from nodes(one)
    if "not" in condition:
        yield from nodes(condition["not"])


def dependencies(definition: Definition) -> dict[str, frozenset[str]]:
    """Of each question, which others decide whether it is shown; in the order of the form."""
    known = {question.code for question in definition.questions()}
    return {
        question.code: frozenset(
            code
            for condition in (section.shown_when, question.shown_when)
            for code in mentioned(condition)
            if code in known
        )
        for section in definition.sections
        for question in section.questions
    }


def in_order(needs: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    """Codes so that each stands after those it depends on, and those caught in a circle."""
    ordered: list[str] = []
    placed: set[str] = set()
    waiting = list(needs)
    while waiting:
        ready = [code for code in waiting if all(one in placed for one in needs[code])]
        if not ready:
            return ordered, waiting
        ordered += ready
        placed.update(ready)
        waiting = [code for code in waiting if code not in placed]
    return ordered, []


def visible(definition: Definition, answers: Answers, facts: Facts) -> frozenset[str]:
    """The codes of the questions that are shown. Those caught in a circle are not."""
    ordered, _circle = in_order(dependencies(definition))
    shown: dict[str, Any] = {}  # what counts: answers of what is shown so far
    found = set()
    questions = {
        question.code: (section, question)
        for section in definition.sections
        for question in section.questions
    }
    for code in ordered:
        section, question = questions[code]
        if holds(section.shown_when, shown, facts) and holds(question.shown_when, shown, facts):
            found.add(code)
            shown[code] = answers.get(code)
    return frozenset(found)


def visible_sections(
    definition: Definition, answers: Answers, facts: Facts
) -> tuple[SectionDef, ...]:
    """The sections in which at least one question is shown, with all of their questions."""
    found = visible(definition, answers, facts)
    return tuple(
        section
        for section in definition.sections
        if any(question.code in found for question in section.questions)
    )


def required(question: QuestionDef, answers: Answers, facts: Facts) -> bool:
    """Whether a shown question must be answered. ``answers`` are those that count."""
    if question.required:
        return True
    return question.required_when is not None and holds(question.required_when, answers, facts)
