"""Answers carried from one version of a questionnaire to another, by code and fitting kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.questionnaires.rules import shapes
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.values import answered
from stocktaking.questionnaires.states import QuestionKind as Kind


@dataclass(frozen=True)
class Left:
    """An answer that has no place any more. It stays in the record of changes."""

    code: str
    reason: str  # question_gone, kind_changed, scheme_changed
    value: Any


@dataclass(frozen=True)
class Carried:
    answers: dict[str, Any]
    left: tuple[Left, ...]


def carry(old: Definition, new: Definition, answers: Mapping[str, Any]) -> Carried:
    """What of ``answers`` to ``old`` can stand as answers to ``new``."""
    kept: dict[str, Any] = {}
    left = []
    for code, value in answers.items():
        if not answered(value):
            continue
        before, after = old.question(code), new.question(code)
        if before is None or after is None:
            left.append(Left(code, "question_gone", value))
        elif reason := _why_not(before, after, value):
            left.append(Left(code, reason, value))
        else:
            kept[code] = _convert(before, after, value)
    return Carried(kept, tuple(left))


def carries(before: QuestionDef, after: QuestionDef) -> bool:
    """Whether answers can be carried from one form of a question to the other, at least some."""
    if before.kind is Kind.TERMS and after.kind is Kind.TERMS:
        return before.settings.get("scheme") == after.settings.get("scheme")
    return before.kind is after.kind or (before.kind, after.kind) in _CONVERSIONS


def _why_not(before: QuestionDef, after: QuestionDef, value: Any) -> str:
    if not carries(before, after):
        same_kind = before.kind is after.kind
        return "scheme_changed" if same_kind else "kind_changed"
    converted = _convert(before, after, value)
    if converted is None or list(shapes.shape(after.kind, converted, after.code)):
        return "kind_changed"
    return ""


def _convert(before: QuestionDef, after: QuestionDef, value: Any) -> Any:
    if before.kind is after.kind:
        return value
    return _CONVERSIONS[before.kind, after.kind](value)


def _only(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else None


def _line(value: Any) -> Any:
    return value if isinstance(value, str) and "\n" not in value else None


# an answer that would lose something by it is not converted
_CONVERSIONS: Mapping[tuple[Kind, Kind], Callable[[Any], Any]] = {
    (Kind.SHORT, Kind.LONG): lambda value: value,
    (Kind.LONG, Kind.SHORT): _line,
    (Kind.CHOICE, Kind.MANY): lambda value: [value],
    (Kind.MANY, Kind.CHOICE): _only,
    (Kind.NUMBER, Kind.SHORT): str,
    (Kind.DATE, Kind.SHORT): lambda value: value,
}
