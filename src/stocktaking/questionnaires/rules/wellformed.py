"""What is wrong with a condition that came from outside, before it is ever evaluated."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from stocktaking.questionnaires.rules.conditions import COMPARISONS, FACTS, nodes
from stocktaking.questionnaires.rules.definition import Condition
from stocktaking.questionnaires.rules.values import Fault, answered, is_number
from stocktaking.questionnaires.states import QuestionKind

DEPTH_MAX = 5
NODES_MAX = 60
VALUES_MAX = 300  # in one list
NUMBER_MAX = 2**53  # beyond it a browser cannot tell neighbours apart

_WRITTEN = frozenset({QuestionKind.SHORT, QuestionKind.LONG})
_LISTS = frozenset({QuestionKind.MANY, QuestionKind.TERMS, QuestionKind.COUNTRY})
_COUNTED = _LISTS | {
    QuestionKind.NUMBER,
    QuestionKind.PEOPLE,
    QuestionKind.FILE,
    QuestionKind.IMAGE,
    QuestionKind.LINK,
}
# which comparisons make sense with which kinds
FITTING: dict[str, frozenset[QuestionKind]] = {
    "is": _LISTS
    | _WRITTEN
    | {
        QuestionKind.CHOICE,
        QuestionKind.NUMBER,
        QuestionKind.STATEMENT,
        QuestionKind.DATE,
    },
    "in": _LISTS | _WRITTEN | {QuestionKind.CHOICE, QuestionKind.NUMBER, QuestionKind.DATE},
    "has": _LISTS,
    "answered": frozenset(QuestionKind),
    "more_than": _COUNTED,
    "less_than": _COUNTED,
    "words_more_than": _WRITTEN,
    "words_less_than": _WRITTEN,
}


def check(
    condition: object, kinds: Mapping[str, QuestionKind], at: str, depth: int = 1
) -> list[Fault]:
    """What is wrong with a condition that came from outside; ``at`` names where it stands.

    ``kinds`` are the questions of the definition. Nothing wrong means ``holds`` never fails.
    """
    found = list(_check(condition, kinds, at, depth))
    # nothing wrong: it is an object with objects in it
    if not found and len(list(nodes(cast(Condition, condition)))) > NODES_MAX:
        return [Fault("condition_too_big", at, {"most": NODES_MAX})]
    return found


def _check(
    condition: object, kinds: Mapping[str, QuestionKind], at: str, depth: int
) -> Iterator[Fault]:
    if not isinstance(condition, dict) or not condition:
        yield Fault("condition_malformed", at)
    elif depth > DEPTH_MAX:
        yield Fault("condition_too_big", at, {"most": NODES_MAX})
    elif set(condition) in ({"all"}, {"any"}):
        parts = next(iter(condition.values()))
        if not isinstance(parts, list) or not parts or len(parts) > NODES_MAX:
            yield Fault("condition_malformed", at)
        else:
            for part in parts:
                yield from _check(part, kinds, at, depth + 1)
    elif set(condition) == {"not"}:
        yield from _check(condition["not"], kinds, at, depth + 1)
    elif set(condition) in ({"fact", "is"}, {"fact", "in"}):
        yield from _check_fact(condition, at)
    elif "question" in condition and len(condition) == 2:
        yield from _check_comparison(condition, kinds, at)
    else:
        yield Fault("condition_malformed", at)


def _check_fact(condition: dict[Any, Any], at: str) -> Iterator[Fault]:
    if condition["fact"] not in FACTS:
        yield Fault("fact_unknown", at, {"fact": str(condition["fact"])[:60]})
    values = condition["in"] if "in" in condition else [condition["is"]]
    if (
        not isinstance(values, list)
        or not 0 < len(values) <= VALUES_MAX
        or not all(isinstance(one, str) and one for one in values)
    ):
        yield Fault("condition_malformed", at)


def _check_comparison(
    condition: dict[Any, Any], kinds: Mapping[str, QuestionKind], at: str
) -> Iterator[Fault]:
    code = condition["question"]
    [comparison] = set(condition) - {"question"}
    value = condition[comparison]
    if comparison not in COMPARISONS:
        yield Fault("condition_malformed", at)
    elif not isinstance(code, str) or code not in kinds:
        yield Fault("condition_asks_unknown", at, {"name": str(code)[:60]})
    elif kinds[code] not in FITTING[comparison]:
        yield Fault("comparison_unfitting", at, {"name": code, "comparison": comparison})
    elif not _fits(comparison, value, kinds[code]):
        yield Fault("condition_value_malformed", at, {"name": code, "comparison": comparison})


def _fits(comparison: str, value: object, kind: QuestionKind) -> bool:
    if comparison == "answered":
        return isinstance(value, bool)
    if comparison.endswith(("more_than", "less_than")):
        return _is_bounded(value)
    if comparison == "in":
        return (
            isinstance(value, list)
            and 0 < len(value) <= VALUES_MAX
            and all(_is_plain(one, kind) for one in value)
        )
    return _is_plain(value, kind)


def _is_plain(value: object, kind: QuestionKind) -> bool:
    if kind is QuestionKind.NUMBER:
        return _is_bounded(value)
    if kind is QuestionKind.STATEMENT:
        return value is True
    return isinstance(value, str) and 0 < len(value) <= 500 and answered(value)


def _is_bounded(value: object) -> bool:
    return is_number(value) and -NUMBER_MAX <= value <= NUMBER_MAX  # type: ignore[operator]
