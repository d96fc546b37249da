"""How far somebody has come: section by section, and in all."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from stocktaking.questionnaires.rules import answers as rules
from stocktaking.questionnaires.rules import conditions
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.known import Known
from stocktaking.questionnaires.rules.values import Answers, Facts, Fault

MISSING = frozenset({"required", "statement_not_accepted"})


class SectionState(StrEnum):
    EMPTY = "empty"  # nothing answered yet
    BEGUN = "begun"  # something answered, something required is not
    COMPLETE = "complete"  # nothing stops it from being sent
    PROBLEMS = "problems"  # something answered is not acceptable


@dataclass(frozen=True)
class SectionProgress:
    """``problems`` counts all that stops sending, what is missing among it."""

    code: str
    state: SectionState
    problems: int


def progress(
    definition: Definition,
    answers: Answers,
    facts: Facts,
    known: Known,
    *,
    found: list[Fault] | None = None,
) -> tuple[SectionProgress, ...]:
    """One row per section that is shown; ``found`` are the faults where they are known."""
    found = rules.faults(definition, answers, facts, known) if found is None else found
    counting = rules.effective(definition, answers, facts)
    rows = []
    for section in conditions.visible_sections(definition, answers, facts):
        codes = {question.code for question in section.questions}
        own = [fault for fault in found if fault.question in codes]
        begun = any(code in counting for code in codes)
        if any(fault.code not in MISSING for fault in own):
            state = SectionState.PROBLEMS
        elif not begun:
            state = SectionState.EMPTY
        else:
            state = SectionState.BEGUN if own else SectionState.COMPLETE
        rows.append(SectionProgress(section.code, state, len(own)))
    return tuple(rows)


def completeness(
    definition: Definition,
    answers: Answers,
    facts: Facts,
    known: Known,
    *,
    found: list[Fault] | None = None,
) -> int:
    """How much of what must be answered is, in per cent; 100 only where nothing stops sending."""
    found = rules.faults(definition, answers, facts, known) if found is None else found
    shown = conditions.visible(definition, answers, facts)
    counting = rules.effective(definition, answers, facts)
    stopped = Counter(fault.question for fault in found)
    asked = [
        question.code
        for question in definition.questions()
        if question.code in shown
        and (conditions.required(question, counting, facts) or question.code in stopped)
    ]
    if not asked:
        return 0 if found else 100
    done = sum(1 for code in asked if code not in stopped)
    return 99 * done // len(asked) if found else 100
