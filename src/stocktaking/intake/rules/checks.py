"""What staff want to be warned of: conditions over answers, evaluated alike for staff and sender.

A check speaks the language of ``questionnaires.rules.conditions``, and three comparisons more
that only make sense for somebody who reads: ``{"question": code, "in_capitals": true}``,
``{"question": code, "after_today": true}`` and ``{"question": code, "repeats": other code}``.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.intake.states import Severity
from stocktaking.kernel.periods import PartialDate
from stocktaking.questionnaires.rules.conditions import holds, mentioned, visible
from stocktaking.questionnaires.rules.definition import Condition, Definition, QuestionDef
from stocktaking.questionnaires.rules.values import Answers, Facts, Fault
from stocktaking.questionnaires.rules.wellformed import check as wrong_with_condition
from stocktaking.questionnaires.states import QuestionKind

CAPITALS_FROM = 8  # letters; an acronym alone is no shouting
OF_READERS = ("in_capitals", "after_today", "repeats")
_WRITTEN = frozenset({QuestionKind.SHORT, QuestionKind.LONG})
_FITTING = {
    "in_capitals": _WRITTEN,
    "after_today": frozenset({QuestionKind.DATE}),
    "repeats": _WRITTEN,
}


@dataclass(frozen=True)
class CheckDef:
    """One check. ``calls`` are slugs, none means all; ``place`` is the code of a question."""

    slug: str
    severity: Severity
    condition: Condition
    message: Mapping[str, str]
    place: str = ""
    to_submitter: bool = False
    calls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A check whose condition holds."""

    check: str
    severity: Severity
    place: str
    message: Mapping[str, str]


def findings(
    checks: Iterable[CheckDef],
    definition: Definition,
    answers: Answers,
    facts: Facts,
    *,
    call: str,
    today: dt.date,
) -> tuple[Finding, ...]:
    """All checks that hold, errors first. ``answers`` are those that count.

    A check that asks about a question which this questionnaire does not have, or whose place
    is not shown to this sender, has nothing to say.
    """
    shown = visible(definition, answers, facts)
    found = [
        Finding(check.slug, check.severity, check.place, check.message)
        for check in checks
        if _applies(check, definition, shown, call)
        and holds(settled(check.condition, answers, today), answers, facts)
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _applies(check: CheckDef, definition: Definition, shown: Collection[str], call: str) -> bool:
    if check.calls and call not in check.calls:
        return False
    asked = set(mentioned(check.condition)) | _repeated(check.condition)
    known = {question.code for question in definition.questions()}
    return asked <= known and (not check.place or check.place in shown)


def settled(condition: Condition, answers: Answers, today: dt.date) -> Condition:
    """The condition with the comparisons of readers decided: true is ``all`` of nothing."""
    for name in ("all", "any"):
        if name in condition:
            return {name: [settled(one, answers, today) for one in condition[name]]}
    if "not" in condition:
        return {"not": settled(condition["not"], answers, today)}
    for name in OF_READERS:
        if name in condition:
            met = _met(name, condition[name], answers.get(condition["question"]), answers, today)
            return {"all": []} if met else {"any": []}
    return condition


def _met(name: str, wanted: Any, answer: Any, answers: Answers, today: dt.date) -> bool:
    if name == "repeats":
        other = answers.get(wanted)
        return _folded(answer) != "" and _folded(answer) == _folded(other)
    holds_now = in_capitals(answer) if name == "in_capitals" else after(answer, today)
    return holds_now is bool(wanted)


def in_capitals(answer: Any) -> bool:
    """Whether a text is written in capital letters throughout; scripts without them never are."""
    if not isinstance(answer, str):
        return False
    cased = [letter for letter in answer if letter.isupper() or letter.islower()]
    return len(cased) >= CAPITALS_FROM and all(letter.isupper() for letter in cased)


def after(answer: Any, today: dt.date) -> bool:
    """Whether a date, as far as it is stated, lies after a day."""
    try:
        return PartialDate.parse(str(answer or "")).date > today
    except ValueError:
        return False


def _folded(answer: Any) -> str:
    return " ".join(answer.casefold().split()) if isinstance(answer, str) else ""


def wrong_with(
    condition: object, questions: Mapping[str, QuestionDef], *, at: str = "condition"
) -> list[Fault]:
    """What is wrong with a condition that came from outside. Nothing wrong: it never fails."""
    kinds = {code: question.kind for code, question in questions.items()}
    own = [fault for node in _of_readers(condition) for fault in _wrong_with_node(node, kinds, at)]
    return own or wrong_with_condition(_without_own(condition), kinds, at)


def _wrong_with_node(
    node: Mapping[str, Any], kinds: Mapping[str, QuestionKind], at: str
) -> Iterator[Fault]:
    code, name = node.get("question"), next(one for one in OF_READERS if one in node)
    if len(node) != 2:
        yield Fault("condition_malformed", at)
    elif not isinstance(code, str) or code not in kinds:
        yield Fault("condition_asks_unknown", at, {"name": str(code)[:60]})
    elif kinds[code] not in _FITTING[name]:
        yield Fault("comparison_unfitting", at, {"name": code, "comparison": name})
    elif name != "repeats" and not isinstance(node[name], bool):
        yield Fault("condition_value_malformed", at, {"name": code, "comparison": name})
    elif name == "repeats" and (not isinstance(node[name], str) or node[name] not in kinds):
        yield Fault("condition_asks_unknown", at, {"name": str(node[name])[:60]})


def _of_readers(condition: object) -> Iterator[Mapping[str, Any]]:
    """Every comparison of readers within, in whatever shape the rest is."""
    if isinstance(condition, list):
        for one in condition:
            yield from _of_readers(one)
    elif isinstance(condition, dict):
        if any(name in condition for name in OF_READERS):
            yield condition
        else:
            for one in condition.values():
                yield from _of_readers(one)


def _without_own(condition: object) -> object:
    """The condition as the questionnaires' own rules can look at it."""
    if isinstance(condition, list):
        return [_without_own(one) for one in condition]
    if isinstance(condition, dict):
        if any(name in condition for name in OF_READERS):
            return {"question": condition.get("question"), "answered": True}
        return {name: _without_own(one) for name, one in condition.items()}
    return condition


def _repeated(condition: Condition) -> set[str]:
    return {str(node["repeats"]) for node in _of_readers(condition) if "repeats" in node}
