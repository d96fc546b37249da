"""Whether a condition can be met at all: answers are tried out, each value that could decide.

For every question and fact that a condition asks about there are only a few values that make a
difference (each option named, another one, none; numbers around each bound). Their combinations
are tried. Where there are too many to try all, what was not found counts as possible: "never"
is said only where all were tried.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from stocktaking.questionnaires.rules.conditions import (
    dependencies,
    holds,
    in_order,
    mentioned,
    nodes,
)
from stocktaking.questionnaires.rules.definition import Condition, Definition, QuestionDef
from stocktaking.questionnaires.rules.values import is_number
from stocktaking.questionnaires.states import QuestionKind as Kind

TRIES_MAX = 5_000
_STRIDE = 2_654_435_761  # spreads the tries over all combinations
SUBSETS_OF = 4  # codes of which all subsets are tried
_Shown = Mapping[str, tuple[Condition | None, Condition | None]]


class Reach:
    """Asks a definition without circles what can be met."""

    def __init__(self, definition: Definition) -> None:
        self._needs = dependencies(definition)
        self._questions = {question.code: question for question in definition.questions()}
        self._shown: _Shown = {
            question.code: (section.shown_when, question.shown_when)
            for section in definition.sections
            for question in section.questions
        }
        self._order, _circle = in_order(self._needs)
        self._asked: list[Condition] = [
            node
            for section in definition.sections
            for condition in (
                section.shown_when,
                *(one for q in section.questions for one in (q.shown_when, q.required_when)),
            )
            for node in nodes(condition)
        ]

    def shown(self, code: str) -> bool:
        """Whether a question can be shown, with some answers of somebody."""
        return self._possible(code, None)

    def required(self, code: str) -> bool:
        """Whether a question can be shown and required at once."""
        return self._possible(code, self._questions[code].required_when)

    def _possible(self, code: str, also: Condition | None) -> bool:
        involved = self._closure({code, *mentioned(also)})
        values = {one: self._candidates(self._questions[one]) for one in involved}
        facts = {
            name: self._fact_values(name)
            for name in dict.fromkeys(n["fact"] for n in self._asked if "fact" in n)
        }
        names = list(facts)
        for combination in _combinations([*values.values(), *facts.values()]):
            stated = dict(zip(involved, combination, strict=False))
            around = dict(zip(names, combination[len(involved) :], strict=True))
            counting: dict[str, Any] = {}
            seen = False
            for one in involved:  # in the order of what decides what
                if all(holds(c, counting, around) for c in self._shown[one]):
                    counting[one] = stated[one]
                    seen = seen or one == code
            if seen and (also is None or holds(also, counting, around)):
                return True
        total = 1
        for candidates in [*values.values(), *facts.values()]:
            total *= len(candidates)
        return total > TRIES_MAX

    def _closure(self, codes: set[str]) -> list[str]:
        found: set[str] = set()
        waiting = [code for code in codes if code in self._needs]
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting += self._needs[code]
        return [code for code in self._order if code in found]

    def _fact_values(self, name: str) -> list[str]:
        named = [
            value
            for node in self._asked
            if node.get("fact") == name
            for value in (node["in"] if "in" in node else [node["is"]])
        ]
        return [*dict.fromkeys(named), "", "another"]

    def _candidates(self, question: QuestionDef) -> list[Any]:
        asked = [node for node in self._asked if node.get("question") == question.code]
        if not asked:
            return [None]
        named = list(
            dict.fromkeys(
                value
                for node in asked
                for value in (
                    node["in"] if "in" in node else [node[k] for k in ("is", "has") if k in node]
                )
            )
        )
        bounds = [
            node[name]
            for node in asked
            for name in ("more_than", "less_than", "words_more_than", "words_less_than")
            if name in node
        ]
        return [None, *_values(question, named, bounds)]


def _combinations(candidates: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """All combinations, or as many as are tried, spread over all."""
    total = 1
    for one in candidates:
        total *= len(one)
    if total <= TRIES_MAX:
        yield from itertools.product(*candidates)
        return
    for attempt in range(TRIES_MAX):
        index, picked = attempt * _STRIDE % total, []
        for one in candidates:
            index, place = divmod(index, len(one))
            picked.append(one[place])
        yield tuple(picked)


def _values(question: QuestionDef, named: list[Any], bounds: list[Any]) -> list[Any]:
    settings, kind = question.settings, question.kind
    if kind is Kind.CHOICE:
        offered = [option["code"] for option in settings.get("options", ())]
        others = [code for code in offered if code not in named][:1]
        return [code for code in named if code in offered] + others
    if kind is Kind.STATEMENT:
        return [True]
    if kind is Kind.NUMBER:
        return _numbers(settings, [n for n in (*named, *bounds) if is_number(n)])
    if kind in (Kind.SHORT, Kind.LONG):
        counts = dict.fromkeys(max(1, int(n) + step) for n in (*bounds, 1) for step in (-1, 0, 1))
        least, most = settings.get("min_words") or 0, settings.get("max_words")
        fitting = [n for n in counts if least <= n and (most is None or n <= most)]
        return [*named, *(" ".join(["word"] * n) for n in (*fitting, max(least, 1)) if n < 5_000)]
    if kind is Kind.DATE:
        return [*named, "2000"]
    if kind is Kind.ORGANISATION:
        return [{"name": "x"}]
    return _lists(question, named, [int(n) for n in bounds if is_number(n)])


def _numbers(settings: Mapping[str, Any], near: list[float]) -> list[float]:
    least, most = settings.get("min"), settings.get("max")
    tries = dict.fromkeys(
        number
        for n in (*near, *(b for b in (least, most) if b is not None), 0)
        for number in (
            int(n) - 1,
            int(n),
            int(n) + 1,
            *([n, n + 0.5] if settings.get("decimals") else []),
        )
    )
    return [n for n in tries if (least is None or n >= least) and (most is None or n <= most)]


def _lists(question: QuestionDef, named: list[str], bounds: list[int]) -> list[list[Any]]:
    kind, most = question.kind, question.settings.get("max")
    if kind is Kind.MANY:
        offered = [option["code"] for option in question.settings.get("options", ())]
    else:
        offered = [*named, *(f"other-{n}" for n in range(max([2, *bounds]) + 2))]
    if kind is Kind.COUNTRY and not question.settings.get("many"):
        most = 1
    named = [code for code in named if code in offered]
    others = [code for code in offered if code not in named]
    subsets: list[tuple[str, ...]] = [(), *((code,) for code in named), tuple(named)]
    if len(named) <= SUBSETS_OF:
        subsets += [s for n in range(len(named)) for s in itertools.combinations(named, n)]
    sizes = {0, 1, *(n + step for n in bounds for step in (-1, 0, 1))}
    found: dict[tuple[str, ...], None] = {}
    for subset in subsets:
        for size in sizes:
            full = (*subset, *others[: max(0, size - len(subset))])
            if full and (most is None or len(full) <= most):
                found[full] = None
    rows = kind not in (Kind.MANY, Kind.COUNTRY)
    return [[{"code": code} for code in one] if rows else list(one) for one in found]
