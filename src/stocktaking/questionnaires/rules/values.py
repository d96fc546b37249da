"""What an answer looks like, by the kind of its question, as plain JSON values.

short, long: text · number: int or float · date: YYYY[-MM[-DD]] · choice: a code · many: [codes] ·
terms: [{"code", "note"}] · country: [codes] · organisation: {"number"} or {"name", "country",
"type", "website"} · people: [{"name", "email", "role"}] · file: [{"file", "name"}] ·
image: [{"file", "alt", "credit"}] · link: [{"url", "label"}] · statement: true.
Nothing, and what holds nothing but blanks, is no answer. The browser has the same rules in
``questionnaire.js``.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]  # by the code of the question
Facts = Mapping[str, str]  # stakeholder, country, language, occasion, role

DEPTH_MAX = 3  # levels within an answer; no kind has more

# what the eye does not see: a text of nothing else answers nothing
_BLANK = re.compile(
    "[\t-\r\x1c-\x20\x85\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]*"
)


@dataclass(frozen=True)
class Fault:
    """One reason to refuse. ``question`` is its code, ``sub`` what of the answer is meant.

    ``params`` go into the message of the code. Reasons to refuse a definition have the same
    shape.
    """

    code: str
    question: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    sub: str = ""

    @property
    def field(self) -> str:
        return f"{self.question}.{self.sub}" if self.sub else self.question


def answered(value: Any, depth: int = 0) -> bool:
    """Whether a value says anything."""
    if value is None:
        return False
    if depth > DEPTH_MAX:  # no answer is nested so deep: it is kept, and refused
        return True
    if value is False:
        return False
    if isinstance(value, str):
        return _BLANK.fullmatch(value) is None
    if isinstance(value, list):
        return any(answered(one, depth + 1) for one in value)
    if isinstance(value, dict):
        return any(answered(one, depth + 1) for one in value.values())
    return True


def chosen(value: Any) -> list[Any]:
    """The plain values that a condition compares: codes, or the one value itself."""
    if not answered(value):
        return []
    if isinstance(value, list):
        codes = [one.get("code") if isinstance(one, dict) else one for one in value]
        return [code for code in codes if answered(code)]
    return [] if isinstance(value, dict) else [value]


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal, and of one type: ``true`` is not 1, ``"1"`` neither."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and one == other
    return bool(one == other)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def tidy(value: Any, depth: int = 0) -> Any:
    """A value as it is kept: line ends as one character, no blanks around texts, no empty rows.

    None where it is no answer. What is nested too deeply for any answer stays as it is.
    """
    if depth > DEPTH_MAX:
        return value
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\u00a0\u3000")
    elif isinstance(value, list):
        value = [kept for one in value if (kept := tidy(one, depth + 1)) is not None]
    elif isinstance(value, dict):
        value = {
            key: kept for key, one in value.items() if (kept := tidy(one, depth + 1)) is not None
        }
    return value if answered(value, depth) else None
