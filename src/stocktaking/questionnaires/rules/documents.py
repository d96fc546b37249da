"""A questionnaire as a file that people can read, compare and edit: JSON, with its layout's number.

What is empty is left out; ``read(write(definition))`` is the definition again.
"""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.states import QuestionKind

LAYOUT = 1
SIZE_MAX = 3_000_000  # characters


class Unreadable(ValueError):  # noqa: N818 - it says what the file is
    """A file that is no questionnaire; the message says where."""


def write(definition: Definition) -> str:
    return json.dumps(to_plain(definition), ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Definition:
    """The definition that a file holds. Unreadable where it is none."""
    if len(text) > SIZE_MAX:
        raise Unreadable("the file is too long")
    try:
        stated = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from None
    return from_plain(stated)


def to_plain(definition: Definition) -> dict[str, Any]:
    """The definition as JSON values, without the numbers of its row."""
    return {
        "layout": LAYOUT,
        "slug": definition.slug,
        "title": _canonical(definition.title),
        "sections": [_section(section) for section in definition.sections],
    }


def from_plain(stated: object) -> Definition:
    """The definition of JSON values. Unreadable where a name is missing or a type is wrong.

    Whether the content is acceptable is for ``checking``.
    """
    top = _object(stated, "the file", {"layout", "slug", "title", "sections"})
    if top.get("layout") != LAYOUT:
        raise Unreadable(f"layout must be {LAYOUT}")
    return Definition(
        slug=_text(top, "slug", "the file"),
        title=_mapping(top, "title", "the file"),
        sections=tuple(_read_section(one) for one in _list(top, "sections", "the file")),
    )


def _section(section: SectionDef) -> dict[str, Any]:
    return _lean(
        {
            "code": section.code,
            "title": _canonical(section.title),
            "introduction": _canonical(section.introduction),
            "shown_when": _canonical(section.shown_when),
            "questions": [_question(question) for question in section.questions],
        }
    )


def _question(question: QuestionDef) -> dict[str, Any]:
    return _lean(
        {
            "code": question.code,
            "kind": question.kind.value,
            "label": _canonical(question.label),
            "help": _canonical(question.help),
            "required": question.required,
            "required_when": _canonical(question.required_when),
            "shown_when": _canonical(question.shown_when),
            "settings": _canonical(question.settings),
            "binds_to": question.binds_to,
            "personal": question.personal,
        }
    )


def _canonical(value: Any) -> Any:
    """The same file from whatever database: languages in the order of the site, other names by
    the alphabet. PostgreSQL keeps no order of its own in JSON."""
    if isinstance(value, Mapping):
        order = {code: place for place, code in enumerate(languages.CODES)}
        names = sorted(value, key=lambda name: (order.get(name, len(order)), name))
        return {name: _canonical(value[name]) for name in names}
    if isinstance(value, list | tuple):
        return [_canonical(one) for one in value]
    return value


def _lean(stated: dict[str, Any]) -> dict[str, Any]:
    # by type: a condition that is an empty object would be a fault, and must not vanish
    return {
        name: value
        for name, value in stated.items()
        if not (value is None or value is False or value == "" or (name in _EMPTY and not value))
    }


_EMPTY = frozenset({"title", "introduction", "label", "help", "settings", "questions"})
_SECTION = {"code", "title", "introduction", "shown_when", "questions"}
_QUESTION = {field.name for field in dataclasses.fields(QuestionDef)}


def _read_section(stated: object) -> SectionDef:
    held = _object(stated, "a section", _SECTION)
    code = _text(held, "code", "a section")
    at = f"section {code[:60]!r}"
    return SectionDef(
        code=code,
        title=_mapping(held, "title", at),
        introduction=_mapping(held, "introduction", at),
        shown_when=_condition(held, "shown_when", at),
        questions=tuple(_read_question(one) for one in _list(held, "questions", at)),
    )


def _read_question(stated: object) -> QuestionDef:
    held = _object(stated, "a question", _QUESTION)
    code = _text(held, "code", "a question")
    at = f"question {code[:60]!r}"
    try:
        kind = QuestionKind(_text(held, "kind", at))
    except ValueError:
        raise Unreadable(f"{at}: no such kind") from None
    return QuestionDef(
        code=code,
        kind=kind,
        label=_mapping(held, "label", at),
        help=_mapping(held, "help", at),
        required=_flag(held, "required", at),
        required_when=_condition(held, "required_when", at),
        shown_when=_condition(held, "shown_when", at),
        settings=_mapping(held, "settings", at),
        binds_to=_text(held, "binds_to", at) if "binds_to" in held else "",
        personal=_flag(held, "personal", at),
    )


def _object(stated: object, at: str, names: set[str]) -> Mapping[str, Any]:
    if not isinstance(stated, dict):
        raise Unreadable(f"{at}: not an object")
    if unknown := sorted(str(name) for name in stated.keys() - names):
        raise Unreadable(f"{at}: unknown name {unknown[0][:60]!r}")
    return stated


def _text(held: Mapping[str, Any], name: str, at: str) -> str:
    if not isinstance(held.get(name), str):
        raise Unreadable(f"{at}: {name} is missing or not a text")
    return str(held[name])


def _flag(held: Mapping[str, Any], name: str, at: str) -> bool:
    value = held.get(name, False)
    if not isinstance(value, bool):
        raise Unreadable(f"{at}: {name} is neither true nor false")
    return value


def _mapping(held: Mapping[str, Any], name: str, at: str) -> dict[str, Any]:
    value = held.get(name, {})
    if not isinstance(value, dict):
        raise Unreadable(f"{at}: {name} is not an object")
    return value


def _condition(held: Mapping[str, Any], name: str, at: str) -> dict[str, Any] | None:
    if held.get(name) is None:
        return None
    return _mapping(held, name, at)


def _list(held: Mapping[str, Any], name: str, at: str) -> list[Any]:
    value = held.get(name, [])
    if not isinstance(value, list):
        raise Unreadable(f"{at}: {name} is not a list")
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
