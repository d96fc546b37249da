"""What a version says other than the one before it, and what becomes of answers."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.rules.migrating import carries


class Turn(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Difference:
    """One section or question that differs. ``names`` are the attributes that changed;
    ``carried`` tells whether answers given before stay."""

    turn: Turn
    code: str
    of_section: bool
    before: SectionDef | QuestionDef | None
    after: SectionDef | QuestionDef | None
    names: tuple[str, ...] = ()
    carried: bool = True


def differences(old: Definition, new: Definition) -> tuple[Difference, ...]:
    """In the order of the new form, what is gone at the end; texts of the whole are left out."""
    found: list[Difference] = []
    before = {section.code: section for section in old.sections}
    for section in new.sections:
        found += _section(before.get(section.code), section)
        for question in section.questions:
            found += _question(old, question, section)
    sections = {section.code for section in new.sections}
    for gone in old.sections:
        if gone.code not in sections:
            found.append(Difference(Turn.REMOVED, gone.code, True, gone, None))
        for question in gone.questions:
            if new.question(question.code) is None:
                found.append(
                    Difference(Turn.REMOVED, question.code, False, question, None, carried=False)
                )
    return tuple(found)


def _section(before: SectionDef | None, after: SectionDef) -> list[Difference]:
    if before is None:
        return [Difference(Turn.ADDED, after.code, True, None, after)]
    names = _changed(before, after, ("title", "introduction", "shown_when"))
    return [Difference(Turn.CHANGED, after.code, True, before, after, names)] if names else []


def _question(old: Definition, after: QuestionDef, section: SectionDef) -> list[Difference]:
    before = old.question(after.code)
    if before is None:
        return [Difference(Turn.ADDED, after.code, False, None, after)]
    found = []
    names = _changed(before, after, tuple(f.name for f in dataclasses.fields(QuestionDef)))
    if names:
        fits = carries(before, after)
        found.append(
            Difference(Turn.CHANGED, after.code, False, before, after, names, carried=fits)
        )
    there = old.section_of(after.code)
    if there is not None and there.code != section.code:
        found.append(Difference(Turn.MOVED, after.code, False, before, after))
    return found


def _changed(before: object, after: object, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
