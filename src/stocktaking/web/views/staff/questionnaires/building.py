"""A questionnaire with its sections and questions in order; moving them; its title."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.operations import open_draft
from stocktaking.questionnaires.queries import known_schemes, versions_of
from stocktaking.questionnaires.rules import editing
from stocktaking.questionnaires.rules.definition import Condition, Definition, SectionDef
from stocktaking.questionnaires.rules.paths import Problem, problems
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.questionnaire import TitleForm
from stocktaking.web.forms.questionnaire.conditions import rows_from
from stocktaking.web.forms.questionnaire.values import Values
from stocktaking.web.forms.questionnaire.words import (
    COMPARISON_NAMES,
    FACT_NAMES,
    KIND_NAMES,
)
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, status_of
from stocktaking.web.views.staff.questionnaires.frame import (
    Opened,
    builder_page,
    draft_or_404,
    questionnaire_or_404,
    save,
    step,
    version_or_404,
)

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class ConditionTold:
    """A condition for people: rows of subject, comparison, value; ``nested``: none can be shown."""

    every: bool
    rows: list[tuple[str, Any, str]]
    nested: bool


@dataclass(frozen=True)
class QuestionRow:
    question: Any
    label: str
    kind: Any
    shown: ConditionTold | None
    stops: int


@dataclass(frozen=True)
class SectionRow:
    section: SectionDef
    title: str
    shown: ConditionTold | None
    questions: list[QuestionRow]
    stops: int


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    opened = version_or_404(slug)
    found = problems(opened.held, known_schemes(opened.held, today=clock.now().date()))
    context = {
        "rows": section_rows(opened.held, found),
        "versions": versions_of(opened.questionnaire.pk),
        "stopping": sum(1 for one in found if one.stops),
        "hints": sum(1 for one in found if not one.stops),
    }
    return builder_page(request, "page", opened, context)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """``act`` is ``up`` or ``down``, ``section`` or ``question``, and a code: up:question:title."""
    opened = draft_or_404(slug)
    way, _colon, rest = request.POST.get("act", "").partition(":")
    what, _colon, code = rest.partition(":")
    moves = {"section": editing.move_section, "question": editing.move_question}
    if way not in STEPS or what not in moves:
        return redirect("staff_questionnaire", slug)
    return step(
        request, opened, based_on(request), lambda: moves[what](opened.held, code, STEPS[way])
    )


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def title(request: HttpRequest, slug: str) -> HttpResponse:
    opened, status = draft_or_404(slug), 200
    form = TitleForm(opened.held, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        changed = replace(opened.held, title=form.stated())
        try:
            save(request, changed, based_on(request))
        except RuleBroken as error:
            form.add_error(None, str(error))
            status = status_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_questionnaire", slug)
    elif form.is_bound:
        status = REFUSED
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "based_on": base_to_show(request, opened.lock, status),
    }
    return builder_page(request, "title", opened, context, status=status)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the next version; the draft that is there already stays."""
    questionnaire = questionnaire_or_404(slug)
    open_draft(questionnaire_id=questionnaire.pk, by=person_of(request), at=clock.now())
    messages.success(request, _("A new version is open. The frozen one stays as it is."))
    return redirect("staff_questionnaire", slug)


def section_rows(held: Definition, found: tuple[Problem, ...]) -> list[SectionRow]:
    language = languages.current().code
    stops = [one.at for one in found if one.stops]
    return [
        SectionRow(
            section=section,
            title=pick(section.title, language) or section.code,
            shown=told(held, section.shown_when, language),
            questions=[
                QuestionRow(
                    question=question,
                    label=pick(question.label, language) or question.code,
                    kind=KIND_NAMES[question.kind],
                    shown=told(held, question.shown_when, language),
                    stops=stops.count(question.code),
                )
                for question in section.questions
            ],
            stops=stops.count(section.code),
        )
        for section in held.sections
    ]


def told(held: Definition, condition: Condition | None, language: str) -> ConditionTold | None:
    """A condition in words; None where there is none."""
    if condition is None:
        return None
    found = rows_from(condition, Values(held, language))
    if found is None:
        return ConditionTold(True, [], nested=True)
    combine, rows = found
    return ConditionTold(
        every=combine == "all",
        rows=[
            (
                _subject(held, row["subject"], language),
                COMPARISON_NAMES[row["comparison"]],
                row["value"],
            )
            for row in rows
        ],
        nested=False,
    )


def _subject(held: Definition, subject: str, language: str) -> str:
    sort, _colon, code = subject.partition(":")
    if sort == "f":
        return str(FACT_NAMES[code])
    question = held.question(code)
    return (pick(question.label, language) if question else "") or code


def opened_label(opened: Opened, code: str) -> str:
    """What a code stands for on a page."""
    language = languages.current().code
    question, section = opened.held.question(code), opened.held.section(code)
    if question is not None:
        return pick(question.label, language) or code
    return (pick(section.title, language) if section is not None else "") or code
