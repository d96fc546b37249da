"""Sections: added, changed, removed; and the first words of a new question."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.rules import editing
from stocktaking.questionnaires.rules.definition import SectionDef
from stocktaking.web.access import allow
from stocktaking.web.forms.questionnaire import NewQuestionForm, SectionEditForm
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, status_of
from stocktaking.web.views.staff.once import key_for, once
from stocktaking.web.views.staff.questionnaires.building import opened_label
from stocktaking.web.views.staff.questionnaires.clash import theirs
from stocktaking.web.views.staff.questionnaires.frame import (
    Opened,
    builder_page,
    draft_or_404,
    save,
    step,
)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A section with a title in the reader's language; it goes to the end."""
    opened = draft_or_404(slug)
    title = request.POST.get("title", "").strip()[:300]
    if not title:
        messages.error(request, _("Give the section a title."))
        return redirect("staff_questionnaire", slug)
    code = editing.free_code(opened.held, title, otherwise="section")
    section = SectionDef(code=code, title={languages.current().code: title})
    try:
        once(
            request,
            scope="staff_section_add",
            content=(slug, title),
            at=clock.now(),
            make=lambda: {
                "lock": save(
                    request, editing.add_section(opened.held, section), based_on(request)
                ).lock
            },
        )
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("staff_questionnaire", slug)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    opened, status = draft_or_404(slug), 200
    section = opened.section_or_404(code)
    data = request.POST if request.method == "POST" else None
    form = SectionEditForm(section, opened.held, data)
    if data is not None:
        status = REFUSED
        if form.is_valid():
            changed = form.stated()
            try:
                held = editing.replace_section(opened.held, code, changed)
                save(request, held, based_on(request))
            except RuleBroken as error:
                form.add_rule(error)
                status = status_of(error)
            else:
                messages.success(request, _("Saved."))
                return redirect("staff_questionnaire_section", slug, changed.code)
    context = {
        "section": section,
        "about": opened_label(opened, code),
        "form": form,
        "problems": list(form.problems()) if data is not None else [],
        "based_on": base_to_show(request, opened.lock, status),
        "theirs": theirs(form.head, SectionEditForm(section, opened.held).head, status),
    }
    return builder_page(request, "section", opened, context, status=status)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """With its questions; refused while something else asks about one of them."""
    opened = draft_or_404(slug)
    section = opened.section_or_404(code)
    codes = frozenset(question.code for question in section.questions)
    asked = [one for one in editing.asked_by(opened.held, codes) if one != code]
    if asked:
        return _asked(request, opened, asked)
    return step(
        request, opened, based_on(request), lambda: editing.remove_section(opened.held, code)
    )


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    opened, status = draft_or_404(slug), 200
    opened.section_or_404(code)
    form = NewQuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        label, kind = form.cleaned_data["label"], form.cleaned_data["kind"]
        free = editing.free_code(opened.held, label, otherwise="question")
        question = form.question(free)
        if question.kind == "country":
            question = replace(question, settings={"many": True})
        held = editing.add_question(opened.held, code, question)

        def make() -> dict[str, str]:
            save(request, held, opened.lock)
            return {"code": free}

        try:
            made = once(
                request,
                scope="staff_question_new",
                content=(slug, code, label, kind),
                at=clock.now(),
                make=make,
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            return redirect("staff_questionnaire_question", slug, made["code"])
    elif form.is_bound:
        status = REFUSED
    context = {
        "about": opened_label(opened, code),
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "idempotency_key": key_for(request),
    }
    return builder_page(request, "question_new", opened, context, status=status)


def _asked(request: HttpRequest, opened: Opened, asked: list[str]) -> HttpResponse:
    names = ", ".join(opened_label(opened, one) for one in asked)
    messages.error(
        request, _("Something else depends on it. Change this first: %(names)s") % {"names": names}
    )
    return redirect("staff_questionnaire", opened.slug)
