"""What the settings of a question may hold, by its kind."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stocktaking.kernel.languages import CODES
from stocktaking.kernel.periods import PRECISIONS
from stocktaking.questionnaires.rules.kinds import read_date
from stocktaking.questionnaires.rules.shapes import (
    LONG_MAX,
    NUMBER_MAX,
    PROSE,
    ROWS_MAX,
    SHORT_MAX,
    has_control,
)
from stocktaking.questionnaires.rules.values import Fault, is_number
from stocktaking.questionnaires.states import QuestionKind as Kind

OPTIONS_MAX = 200
LABEL_MAX = 1_000
CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
CODE_MAX = 40
MEGABYTES_MAX = 100
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")


def is_code(stated: object) -> bool:
    """Small letters, digits, hyphens and underscores: it stands in addresses and files."""
    return isinstance(stated, str) and len(stated) <= CODE_MAX and bool(CODE.fullmatch(stated))


def is_texts(stated: object, most: int) -> bool:
    """Texts by language: of the six only, none too long, none with control characters."""
    return isinstance(stated, Mapping) and all(
        language in CODES
        and isinstance(text, str)
        and len(text) <= most
        and not has_control(text, PROSE)
        for language, text in stated.items()
    )


def _whole(least: int, most: int) -> Callable[[object], bool]:
    def fits(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

    return fits


def _number(value: object) -> bool:
    return is_number(value) and -NUMBER_MAX <= value <= NUMBER_MAX  # type: ignore[operator]


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _options(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= OPTIONS_MAX
        and all(
            isinstance(one, Mapping)
            and one.keys() == {"code", "label"}
            and is_code(one["code"])
            and is_texts(one["label"], LABEL_MAX)
            for one in value
        )
    )


def _media_types(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= 20
        and all(isinstance(one, str) and bool(_MEDIA_TYPE.fullmatch(one)) for one in value)
    )


_AMOUNT = {"min": _whole(0, ROWS_MAX), "max": _whole(1, ROWS_MAX)}


def _text_bounds(most: int, *, characters: bool = True) -> dict[str, Callable[[object], bool]]:
    count = _whole(0, most)
    words = {"min_words": count, "max_words": count}
    return words | ({"min_chars": count, "max_chars": count} if characters else {})


ALLOWED: Mapping[Kind, Mapping[str, Callable[[object], bool]]] = {
    Kind.SHORT: _text_bounds(SHORT_MAX),
    Kind.LONG: _text_bounds(LONG_MAX),
    Kind.NUMBER: {
        "min": _number,
        "max": _number,
        "decimals": _whole(0, 6),
        "unit": lambda value: is_texts(value, 100),
    },
    Kind.DATE: {
        "precision": lambda value: value in PRECISIONS,
        "earliest": lambda value: read_date(value) is not None,
        "latest": lambda value: read_date(value) is not None,
        "not_before": is_code,
    },
    Kind.CHOICE: {"options": _options},
    Kind.MANY: {"options": _options, **_AMOUNT},
    Kind.TERMS: {
        "scheme": is_code,
        "notes": _flag,
        "note_min_words": _whole(0, SHORT_MAX),
        "note_max_words": _whole(1, SHORT_MAX),
        **_AMOUNT,
    },
    Kind.COUNTRY: {"many": _flag, **_AMOUNT},
    Kind.ORGANISATION: {},
    Kind.PEOPLE: {"emails": _flag, **_AMOUNT},
    Kind.FILE: {"megabytes": _whole(1, MEGABYTES_MAX), "types": _media_types, **_AMOUNT},
    Kind.IMAGE: {"megabytes": _whole(1, MEGABYTES_MAX), "types": _media_types, **_AMOUNT},
    Kind.LINK: {"several": _flag, **_AMOUNT},
    Kind.STATEMENT: {},
}
_PAIRS = (
    ("min", "max"),
    ("min_words", "max_words"),
    ("min_chars", "max_chars"),
    ("note_min_words", "note_max_words"),
)


def faults(kind: Kind, settings: Mapping[str, Any], at: str) -> Iterator[Fault]:
    """What is wrong with the settings of one question, each by its name."""
    allowed = ALLOWED[kind]
    for name, value in settings.items():
        if name not in allowed:
            yield Fault("setting_unknown", at, {"name": str(name)[:CODE_MAX]})
        elif not allowed[name](value):
            yield Fault("setting_malformed", at, {"name": name}, name)
    for least, most in _PAIRS:
        pair = settings.get(least), settings.get(most)
        if all(is_number(one) for one in pair) and pair[0] > pair[1]:  # type: ignore[operator]
            yield Fault("bounds_reversed", at, {"name": least}, least)
    earliest, latest = read_date(settings.get("earliest")), read_date(settings.get("latest"))
    if earliest and latest and latest.last_day() < earliest.date:
        yield Fault("bounds_reversed", at, {"name": "earliest"}, "earliest")
    codes = [
        one["code"] for one in settings.get("options", ()) if allowed.get("options", bool)([one])
    ]
    if len(set(codes)) < len(codes):
        yield Fault("code_twice", at, sub="options")
