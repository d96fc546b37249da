"""Whether answers can be kept at all, be they right or not: shape, size, characters."""

import json
import math
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Fault, is_number
from stocktaking.questionnaires.states import QuestionKind as Kind

SHORT_MAX = 2_000  # characters; the definition asks for less
LONG_MAX = 60_000
CODE_MAX = 60
ROWS_MAX = 300
TOTAL_MAX = 1_000_000  # bytes of all answers together
NUMBER_MAX = 2**53  # beyond it a browser cannot tell neighbours apart

LINE = ""  # control characters allowed in a line: none
PROSE = "\n\t"

# kinds with rows: of each part its greatest length; "file" is a number
ROWS: Mapping[Kind, Mapping[str, int]] = {
    Kind.TERMS: {"code": CODE_MAX, "note": 10_000},
    Kind.PEOPLE: {"name": 200, "email": 254, "role": 200},
    Kind.FILE: {"file": 0, "name": 255},
    Kind.IMAGE: {"file": 0, "alt": 500, "credit": 300},
    Kind.LINK: {"url": 1_000, "label": 500},
}
ORGANISATION = {"number": 0, "name": 300, "country": CODE_MAX, "type": CODE_MAX, "website": 500}
_PROSE_PARTS = frozenset({"note"})


def malformed(definition: Definition, answers: Mapping[str, Any]) -> list[Fault]:
    """What cannot even be kept in a draft. None is always kept: nothing is answered."""
    kinds = {question.code: question.kind for question in definition.questions()}
    found: list[Fault] = []
    for code, value in answers.items():
        if code not in kinds:
            found.append(Fault("question_unknown", str(code)[:CODE_MAX]))
        elif value is not None:
            found += shape(kinds[code], value, code)
    return found


def oversized(answers: Mapping[str, Any]) -> list[Fault]:
    """Whether all answers together are more than is kept. They are well-formed."""
    size = len(json.dumps(answers, ensure_ascii=False).encode("utf-8", "replace"))
    return [Fault("answers_too_large", "", {"most": TOTAL_MAX})] if size > TOTAL_MAX else []


def shape(kind: Kind, value: object, at: str) -> Iterator[Fault]:
    """What is wrong with the shape of one answer."""
    if kind is Kind.SHORT:
        yield from _text(value, at, SHORT_MAX, LINE)
    elif kind is Kind.LONG:
        yield from _text(value, at, LONG_MAX, PROSE)
    elif kind is Kind.NUMBER:
        if not is_number(value) or not math.isfinite(value) or abs(value) > NUMBER_MAX:  # type: ignore[arg-type]
            yield Fault("number_malformed", at)
    elif kind in (Kind.DATE, Kind.CHOICE):
        yield from _text(value, at, CODE_MAX, LINE)
    elif kind in (Kind.MANY, Kind.COUNTRY):
        for place, one in enumerate(_rows(value)):
            yield from _text(one, at, CODE_MAX, LINE, str(place))
        yield from _length(value, at)
    elif kind is Kind.STATEMENT:
        if not isinstance(value, bool):
            yield Fault("answer_malformed", at)
    elif kind is Kind.ORGANISATION:
        yield from _parts(value, ORGANISATION, at, "")
    else:
        for place, one in enumerate(_rows(value)):
            yield from _parts(one, ROWS[kind], at, f"{place}.")
        yield from _length(value, at)


def _rows(value: object) -> list[Any]:
    return value[: ROWS_MAX + 1] if isinstance(value, list) else []


def _length(value: object, at: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault("answer_malformed", at)
    elif len(value) > ROWS_MAX:
        yield Fault("too_many", at, {"most": ROWS_MAX, "count": len(value)})


def _parts(value: object, parts: Mapping[str, int], at: str, prefix: str) -> Iterator[Fault]:
    if not isinstance(value, dict) or not value.keys() <= parts.keys():
        yield Fault("answer_malformed", at)
        return
    for name, one in value.items():
        if one is None:
            continue
        if parts[name] == 0:
            if not isinstance(one, int) or isinstance(one, bool) or not 0 < one < NUMBER_MAX:
                yield Fault("answer_malformed", at, sub=f"{prefix}{name}")
        else:
            allowed = PROSE if name in _PROSE_PARTS else LINE
            yield from _text(one, at, parts[name], allowed, f"{prefix}{name}")


def _text(value: object, at: str, most: int, allowed: str, sub: str = "") -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault("answer_malformed", at, sub=sub)
        return
    if len(value) > most:
        yield Fault("too_long", at, {"most": most, "count": len(value)}, sub)
    elif has_control(value, allowed):
        yield Fault("control_character", at, sub=sub)


def has_control(stated: str, allowed: str) -> bool:
    """Control characters and halves of surrogate pairs: databases and XML refuse them."""
    if stated.isprintable():
        return False
    return any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in stated)
