"""Whether a definition can be kept, even as a draft: shapes, codes, settings, conditions.

What only stops it from being used (no label, nobody can reach a question) is told by ``paths``.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from stocktaking.questionnaires.rules import settings, wellformed
from stocktaking.questionnaires.rules.definition import (
    Condition,
    Definition,
    QuestionDef,
    SectionDef,
)
from stocktaking.questionnaires.rules.values import Fault
from stocktaking.questionnaires.states import QuestionKind as Kind

SECTIONS_MAX = 60
QUESTIONS_MAX = 300
TITLE_MAX = 300
TEXT_MAX = 5_000
SLUG_MAX = 60
# what addresses of replies and of the builder say after the name
RESERVED = frozenset(
    {"authors", "check", "copy", "join", "new", "save", "sent", "withdrawal", "uploads", "move"}
)
# parts of an entry that an answer becomes; others carry a name after a colon
PARTS: dict[str, frozenset[Kind]] = {
    "title": frozenset({Kind.SHORT}),
    "summary": frozenset({Kind.SHORT, Kind.LONG}),
    "countries": frozenset({Kind.COUNTRY}),
    "worldwide": frozenset({Kind.STATEMENT, Kind.CHOICE}),
    "organisation": frozenset({Kind.ORGANISATION}),
    "start": frozenset({Kind.DATE}),
    "end": frozenset({Kind.DATE}),
    "website": frozenset({Kind.LINK}),
    "links": frozenset({Kind.LINK}),
    "partners": frozenset({Kind.SHORT, Kind.LONG, Kind.PEOPLE}),
    "images": frozenset({Kind.IMAGE}),
    "licence": frozenset({Kind.CHOICE, Kind.SHORT}),
}
NAMED_PARTS: dict[str, frozenset[Kind]] = {
    "section": frozenset({Kind.SHORT, Kind.LONG}),
    "scheme": frozenset({Kind.TERMS, Kind.CHOICE, Kind.MANY}),
}
_BINDING = re.compile(r"(section|scheme):([a-z0-9]+(?:[-_][a-z0-9]+)*)")


def faults(definition: Definition) -> list[Fault]:
    """Everything that stops it from being saved, in the order of the form."""
    return [
        *_head(definition),
        *_repeated([section.code for section in definition.sections]),
        *_repeated([question.code for question in definition.questions()]),
        *(fault for section in definition.sections for fault in _section(section, definition)),
    ]


def _head(definition: Definition) -> Iterator[Fault]:
    slug = definition.slug
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > SLUG_MAX:
        yield Fault("slug_malformed", "slug")
    elif slug == "new":
        yield Fault("code_reserved", "slug", {"name": slug})
    if not settings.is_texts(definition.title, TITLE_MAX):
        yield Fault("texts_malformed", "title", {"most": TITLE_MAX})
    if len(definition.sections) > SECTIONS_MAX:
        yield Fault("too_many_sections", "", {"most": SECTIONS_MAX})
    if sum(1 for _ in definition.questions()) > QUESTIONS_MAX:
        yield Fault("too_many_questions", "", {"most": QUESTIONS_MAX})


def _repeated(codes: list[str]) -> Iterator[Fault]:
    seen = set()
    for code in codes:
        if code in seen:
            yield Fault("code_twice", code, {"name": code}, "code")
        seen.add(code)


def _section(section: SectionDef, definition: Definition) -> Iterator[Fault]:
    at = section.code
    if not settings.is_code(at):
        yield Fault("code_malformed", at, sub="code")
    if at in RESERVED:
        yield Fault("code_reserved", at, {"name": at}, "code")
    if not settings.is_texts(section.title, TITLE_MAX):
        yield Fault("texts_malformed", at, {"most": TITLE_MAX}, "title")
    if not settings.is_texts(section.introduction, TEXT_MAX):
        yield Fault("texts_malformed", at, {"most": TEXT_MAX}, "introduction")
    kinds = {question.code: question.kind for question in definition.questions()}
    yield from _condition(section.shown_when, kinds, at, "shown_when")
    for question in section.questions:
        yield from _question(question, kinds)


def _question(question: QuestionDef, kinds: dict[str, Kind]) -> Iterator[Fault]:
    at = question.code
    if not settings.is_code(at):
        yield Fault("code_malformed", at, sub="code")
    if not settings.is_texts(question.label, settings.LABEL_MAX):
        yield Fault("texts_malformed", at, {"most": settings.LABEL_MAX}, "label")
    if not settings.is_texts(question.help, TEXT_MAX):
        yield Fault("texts_malformed", at, {"most": TEXT_MAX}, "help")
    yield from settings.faults(question.kind, question.settings, at)
    other = question.settings.get("not_before")
    if question.kind is Kind.DATE and other and kinds.get(other) is not Kind.DATE:
        yield Fault("not_before_unknown", at, {"name": str(other)[:60]}, "not_before")
    if question.binds_to and not binds(question.kind, question.binds_to):
        yield Fault("binding_unfitting", at, {"part": question.binds_to[:60]}, "binds_to")
    yield from _condition(question.required_when, kinds, at, "required_when")
    yield from _condition(question.shown_when, kinds, at, "shown_when")


def _condition(
    stated: Condition | None, kinds: dict[str, Kind], at: str, name: str
) -> Iterator[Fault]:
    if stated is not None:
        for fault in wellformed.check(stated, kinds, at):
            yield replace(fault, sub=name)


def binds(kind: Kind, part: str) -> bool:
    """Whether answers of this kind can become this part of an entry."""
    if part in PARTS:
        return kind in PARTS[part]
    named = _BINDING.fullmatch(part)
    return named is not None and kind in NAMED_PARTS[named[1]]
