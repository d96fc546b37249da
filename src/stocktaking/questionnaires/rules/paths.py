"""What is wrong with the ways through a questionnaire: dead ends, questions nobody reaches.

Some problems stop it from being frozen, others are hints to the one who builds it.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.kernel.languages import CODES
from stocktaking.questionnaires.rules.conditions import dependencies, in_order, mentioned, nodes
from stocktaking.questionnaires.rules.definition import (
    Definition,
    QuestionDef,
    SectionDef,
    Texts,
)
from stocktaking.questionnaires.rules.known import COUNTRIES, Known
from stocktaking.questionnaires.rules.reach import Reach
from stocktaking.questionnaires.states import QuestionKind as Kind

LONG_SECTION = 10  # questions; more are a long way on a phone
SEVERAL = frozenset({"links", "partners", "images", "countries"})  # parts that several may fill


@dataclass(frozen=True)
class Problem:
    """``at`` is the code of a question or section, or empty for the whole."""

    code: str
    at: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    stops: bool = True  # False: a hint


def problems(definition: Definition, known: Known | None = None) -> tuple[Problem, ...]:
    """All problems of a definition that ``checking`` accepts, those that stop first.

    ``known`` carries the schemes; without it nothing is said about them.
    """
    found = [
        *_structure(definition),
        *_circles(definition),
        *(p for question in definition.questions() for p in _dead_end(question, known)),
        *_reach(definition),
        *_order(definition),
        *_bindings(definition),
        *_translations(definition),
    ]
    return tuple(sorted(found, key=lambda problem: not problem.stops))


def _structure(definition: Definition) -> Iterator[Problem]:
    if not definition.sections:
        yield Problem("no_sections")
    if not any(definition.title.values()):
        yield Problem("title_missing")
    for section in definition.sections:
        if not section.questions:
            yield Problem("section_empty", section.code)
        if not any(section.title.values()):
            yield Problem("title_missing", section.code)
        if len(section.questions) > LONG_SECTION:
            yield Problem(
                "section_long", section.code, {"count": len(section.questions)}, stops=False
            )
    for question in definition.questions():
        if not any(question.label.values()):
            yield Problem("label_missing", question.code)
        for option in question.settings.get("options", ()):
            if not any(option["label"].values()):
                yield Problem("option_label_missing", question.code, {"option": option["code"]})


def _circles(definition: Definition) -> Iterator[Problem]:
    for code in circle(definition):
        yield Problem("circle", code)


def circle(definition: Definition) -> list[str]:
    """The questions that decide about each other in a circle, in the order of the form."""
    needs = dependencies(definition)
    _ordered, caught = in_order(needs)
    while True:
        # what only hangs on a circle is no part of it
        asked = {one for code in caught for one in needs[code]}
        within = [code for code in caught if code in asked]
        if len(within) == len(caught):
            return caught
        caught = within


def _dead_end(question: QuestionDef, known: Known | None) -> Iterator[Problem]:
    """Questions to which there is no right answer."""
    settings, offered = question.settings, None
    if question.kind in (Kind.CHOICE, Kind.MANY):
        offered = len(settings.get("options", ()))
        if not offered:
            yield Problem("options_missing", question.code)
    elif question.kind is Kind.TERMS and not settings.get("scheme"):
        yield Problem("scheme_missing", question.code)
    elif question.kind in (Kind.TERMS, Kind.COUNTRY) and known is not None:
        slug = COUNTRIES if question.kind is Kind.COUNTRY else settings["scheme"]
        scheme = known.schemes.get(slug)
        if scheme is None:
            yield Problem("scheme_unknown", question.code, {"scheme": slug})
        else:
            live = [t for t in scheme.terms.values() if t.assignable and not t.retired]
            offered = 0 if scheme.retired else len(live)
            if not offered:
                yield Problem("terms_missing", question.code, {"scheme": slug})
    least = settings.get("min") if question.kind is not Kind.NUMBER else None
    if offered and least is not None and least > offered:
        yield Problem("dead_end", question.code, {"least": least, "offered": offered})


def _reach(definition: Definition) -> Iterator[Problem]:
    caught = set(in_order(dependencies(definition))[1])
    reach = Reach(definition)
    for section in definition.sections:
        for question in section.questions:
            if question.code in caught:
                continue
            conditional = section.shown_when is not None or question.shown_when is not None
            if conditional and not reach.shown(question.code):
                yield Problem("never_shown", question.code)
            elif question.required_when is not None and not question.required:
                asked = set(mentioned(question.required_when))
                if not asked & caught and not reach.required(question.code):
                    yield Problem("never_required", question.code, stops=False)
    yield from _options_not_offered(definition)


def _options_not_offered(definition: Definition) -> Iterator[Problem]:
    for at, condition in conditions_of(definition):
        for node in nodes(condition):
            question = definition.question(node.get("question", ""))
            if question is None or question.kind not in (Kind.CHOICE, Kind.MANY):
                continue
            offered = {option["code"] for option in question.settings.get("options", ())}
            asked = node.get("in", [node[name] for name in ("is", "has") if name in node])
            for code in asked:
                if code not in offered:
                    params = {"name": question.code, "option": code}
                    yield Problem("option_not_offered", at, params, stops=False)


def conditions_of(definition: Definition) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Every condition with the code of the section or question where it stands."""
    for section in definition.sections:
        yield section.code, section.shown_when
        for question in section.questions:
            yield question.code, question.shown_when
            yield question.code, question.required_when


def _order(definition: Definition) -> Iterator[Problem]:
    """Questions that wait for an answer asked on a later page: one has to go back for them."""
    pages = {
        question.code: place
        for place, section in enumerate(definition.sections)
        for question in section.questions
    }
    for place, section in enumerate(definition.sections):
        for question in section.questions:
            asked = (*mentioned(section.shown_when), *mentioned(question.shown_when))
            for code in dict.fromkeys(asked):
                if pages.get(code, place) > place:
                    yield Problem("asked_later", question.code, {"name": code}, stops=False)


def _bindings(definition: Definition) -> Iterator[Problem]:
    parts = Counter(q.binds_to for q in definition.questions() if q.binds_to)
    for question in definition.questions():
        part = question.binds_to
        if parts[part] > 1 and part not in SEVERAL and not part.startswith("scheme:"):
            yield Problem("bound_twice", question.code, {"part": part}, stops=False)


def _translations(definition: Definition) -> Iterator[Problem]:
    for at, texts in _texts_of(definition):
        missing = [code for code in CODES if not texts.get(code)]
        if any(texts.values()) and missing:
            yield Problem("translation_missing", at, {"languages": missing}, stops=False)


def _texts_of(definition: Definition) -> Iterator[tuple[str, Texts]]:
    yield "", definition.title
    for section in definition.sections:
        yield section.code, _together((section.title, section.introduction))
        for question in section.questions:
            labels = [option["label"] for option in question.settings.get("options", ())]
            yield question.code, _together((question.label, question.help, *labels))


def _together(several: tuple[Texts, ...]) -> Texts:
    """Which languages all of these texts are written in; those not written at all are left out."""
    written = [texts for texts in several if any(texts.values())]
    return {code: "x" for code in CODES if written and all(t.get(code) for t in written)}


def section_problems(found: tuple[Problem, ...], section: SectionDef) -> list[Problem]:
    """Those of a section and of its questions."""
    codes = {section.code, *(question.code for question in section.questions)}
    return [problem for problem in found if problem.at in codes]
