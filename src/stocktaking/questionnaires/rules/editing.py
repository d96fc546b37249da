"""Changing a definition step by step: each function gives a new definition.

LookupError where a code is not there. Whether the outcome is acceptable is for ``checking``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from stocktaking.kernel.text import words
from stocktaking.questionnaires.rules.conditions import mentioned
from stocktaking.questionnaires.rules.definition import (
    Condition,
    Definition,
    QuestionDef,
    SectionDef,
)
from stocktaking.questionnaires.rules.settings import CODE_MAX

_Sections = list[SectionDef]


def add_section(held: Definition, section: SectionDef) -> Definition:
    """A section at the end."""
    return replace(held, sections=(*held.sections, section))


def replace_section(held: Definition, code: str, section: SectionDef) -> Definition:
    place = _place(held, code)
    sections = list(held.sections)
    sections[place] = section
    return replace(held, sections=tuple(sections))


def remove_section(held: Definition, code: str) -> Definition:
    """Without a section and its questions."""
    place = _place(held, code)
    return replace(held, sections=(*held.sections[:place], *held.sections[place + 1 :]))


def move_section(held: Definition, code: str, step: int) -> Definition:
    """A section one place up (-1) or down (1); at the end it stays."""
    place = _place(held, code)
    sections = list(held.sections)
    other = min(max(place + step, 0), len(sections) - 1)
    sections.insert(other, sections.pop(place))
    return replace(held, sections=tuple(sections))


def add_question(held: Definition, section: str, question: QuestionDef) -> Definition:
    """A question at the end of a section."""
    place = _place(held, section)
    there = held.sections[place]
    return replace_section(held, section, replace(there, questions=(*there.questions, question)))


def replace_question(held: Definition, code: str, question: QuestionDef) -> Definition:
    """Another form of a question; with another code, whatever asks about it follows."""
    _section_of(held, code)

    def change(one: QuestionDef) -> QuestionDef:
        return question if one.code == code else one

    changed = _each_question(held, change)
    return changed if question.code == code else _renamed(changed, code, question.code)


def remove_question(held: Definition, code: str) -> Definition:
    section = _section_of(held, code)
    left = tuple(one for one in section.questions if one.code != code)
    return replace_section(held, section.code, replace(section, questions=left))


def move_question(held: Definition, code: str, step: int) -> Definition:
    """A question one place up (-1) or down (1), over the border of its section too."""
    section = _section_of(held, code)
    codes = [one.code for one in section.questions]
    place = codes.index(code) + step
    if 0 <= place < len(codes):
        questions = list(section.questions)
        questions.insert(place, questions.pop(place - step))
        return replace_section(held, section.code, replace(section, questions=tuple(questions)))
    other = _place(held, section.code) + step
    if not 0 <= other < len(held.sections):
        return held
    return move_question_to(held, code, held.sections[other].code, first=step > 0)


def move_question_to(
    held: Definition, code: str, section: str, *, first: bool = False
) -> Definition:
    """A question at the end (or the beginning) of another section."""
    question = held.question(code)
    if question is None:
        raise LookupError(code)
    without = remove_question(held, code)
    there = without.sections[_place(without, section)]
    questions = (question, *there.questions) if first else (*there.questions, question)
    return replace_section(without, section, replace(there, questions=questions))


def asked_by(held: Definition, codes: frozenset[str]) -> list[str]:
    """The codes of sections and questions, besides these, whose rules ask about one of them."""
    found = []
    for section in held.sections:
        if not codes.isdisjoint(mentioned(section.shown_when)):
            found.append(section.code)
        for question in section.questions:
            asked = {
                *mentioned(question.shown_when),
                *mentioned(question.required_when),
                question.settings.get("not_before"),
            }
            if question.code not in codes and not codes.isdisjoint(asked):
                found.append(question.code)
    return found


def free_code(held: Definition, wish: str, *, otherwise: str) -> str:
    """A code that nothing has yet, made of a text as far as it has Latin letters."""
    taken = {one.code for one in held.questions()} | {one.code for one in held.sections}
    folded = re.sub(r"[^a-z0-9]+", "-", "-".join(one.folded for one in words(wish)))
    base = folded.strip("-")[: CODE_MAX - 4].strip("-") or otherwise
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _place(held: Definition, code: str) -> int:
    for place, section in enumerate(held.sections):
        if section.code == code:
            return place
    raise LookupError(code)


def _section_of(held: Definition, code: str) -> SectionDef:
    section = held.section_of(code)
    if section is None:
        raise LookupError(code)
    return section


def _each_question(held: Definition, change: Callable[[QuestionDef], QuestionDef]) -> Definition:
    sections = tuple(
        replace(section, questions=tuple(map(change, section.questions)))
        for section in held.sections
    )
    return replace(held, sections=sections)


def _renamed(held: Definition, old: str, new: str) -> Definition:
    """Every rule that asked about ``old`` asks about ``new``."""

    def change(one: QuestionDef) -> QuestionDef:
        settings: Mapping[str, Any] = one.settings
        if settings.get("not_before") == old:
            settings = {**settings, "not_before": new}
        return replace(
            one,
            shown_when=_asking(one.shown_when, old, new),
            required_when=_asking(one.required_when, old, new),
            settings=settings,
        )

    changed = _each_question(held, change)
    sections = tuple(
        replace(one, shown_when=_asking(one.shown_when, old, new)) for one in changed.sections
    )
    return replace(changed, sections=sections)


def _asking(condition: Condition | None, old: str, new: str) -> Condition | None:
    if condition is None:
        return None
    made = dict(condition)
    for name in ("all", "any"):
        if name in made:
            made[name] = [_asking(one, old, new) for one in made[name]]
    if "not" in made:
        made["not"] = _asking(made["not"], old, new)
    if made.get("question") == old:
        made["question"] = new
    return made
