"""A version of a questionnaire as frozen values: what every rule and every screen reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stocktaking.questionnaires.states import QuestionKind

Texts = Mapping[str, str]  # by language
Condition = Mapping[str, Any]  # as rules.conditions reads it


@dataclass(frozen=True)
class QuestionDef:
    """One question. ``settings`` by kind:

    short, long: min_words, max_words, min_chars, max_chars · number: min, max, decimals,
    unit (Texts) · date: precision (year, month, day: the least that must be stated), earliest,
    latest, not_before (code of another date) · choice, many: options [{"code", "label": Texts}];
    many: min, max · terms: scheme, notes (bool), note_min_words, note_max_words, min, max ·
    country: many (bool), min, max · people: emails (bool: required), min, max · file, image:
    megabytes, types (media types), min, max · link: several (bool), min, max · organisation,
    statement: none. ``rules.settings`` checks them.
    """

    code: str
    kind: QuestionKind
    label: Texts
    help: Texts = field(default_factory=dict)
    required: bool = False
    required_when: Condition | None = None
    shown_when: Condition | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    binds_to: str = ""
    personal: bool = False


@dataclass(frozen=True)
class SectionDef:
    code: str
    title: Texts
    introduction: Texts = field(default_factory=dict)
    shown_when: Condition | None = None
    questions: tuple[QuestionDef, ...] = ()


@dataclass(frozen=True)
class Definition:
    """``id`` and ``number`` are those of the version row; 0 before there is one."""

    slug: str
    title: Texts
    sections: tuple[SectionDef, ...]
    id: int = 0
    number: int = 0
    frozen: bool = False

    def questions(self) -> Iterator[QuestionDef]:
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> QuestionDef | None:
        return next((one for one in self.questions() if one.code == code), None)

    def section(self, code: str) -> SectionDef | None:
        return next((one for one in self.sections if one.code == code), None)

    def section_of(self, code: str) -> SectionDef | None:
        """The section in which a question stands."""
        return next((s for s in self.sections if any(q.code == code for q in s.questions)), None)
