"""What stops answers from being sent: every fault at once, in the order of the form.

A fault names its question and, where only a part of an answer is meant, that part: the note of
a term as ``<code>.note``, the fields of a row as ``<place>.<name>``.
"""

from collections.abc import Iterator
from typing import Any

from stocktaking.questionnaires.rules import conditions, kinds
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.known import Known
from stocktaking.questionnaires.rules.shapes import malformed
from stocktaking.questionnaires.rules.values import Answers, Facts, Fault, answered
from stocktaking.questionnaires.states import QuestionKind

__all__ = ["Fault", "effective", "faults", "malformed"]


def effective(definition: Definition, answers: Answers, facts: Facts) -> dict[str, Any]:
    """The answers that count: those of questions that are shown and answered."""
    shown = conditions.visible(definition, answers, facts)
    return {
        question.code: answers[question.code]
        for question in definition.questions()
        if question.code in shown and answered(answers.get(question.code))
    }


def faults(definition: Definition, answers: Answers, facts: Facts, known: Known) -> list[Fault]:
    """All that stops sending. What hidden questions hold is not looked at."""
    if found := malformed(definition, answers):
        return found
    shown = conditions.visible(definition, answers, facts)
    counting = effective(definition, answers, facts)
    return [
        fault
        for question in definition.questions()
        if question.code in shown
        for fault in _of_question(question, counting, facts, known)
    ]


def _of_question(
    question: QuestionDef, counting: dict[str, Any], facts: Facts, known: Known
) -> Iterator[Fault]:
    value = counting.get(question.code)
    if value is not None:
        yield from kinds.faults(question, value, counting, known)
    elif conditions.required(question, counting, facts):
        statement = question.kind is QuestionKind.STATEMENT
        yield Fault("statement_not_accepted" if statement else "required", question.code)
