"""The editor of one question."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.queries import known_schemes
from stocktaking.questionnaires.rules import editing
from stocktaking.questionnaires.rules.paths import problems
from stocktaking.web.access import allow
from stocktaking.web.forms.questionnaire import QuestionForm
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, status_of
from stocktaking.web.views.staff.questionnaires.building import opened_label
from stocktaking.web.views.staff.questionnaires.clash import theirs
from stocktaking.web.views.staff.questionnaires.frame import (
    Opened,
    builder_page,
    draft_or_404,
    save,
    step,
)
from stocktaking.web.views.staff.questionnaires.problems import told_problems

BACK = "back"


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """``act=back`` goes back to the questions after saving; else the editor stays open."""
    opened, status = draft_or_404(slug), 200
    question = opened.question_or_404(code)
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(question, opened.held, data)
    if data is not None:
        status = REFUSED
        if form.is_valid():
            changed = form.stated()
            try:
                save(
                    request,
                    editing.replace_question(opened.held, code, changed),
                    based_on(request),
                )
            except RuleBroken as error:
                form.add_rule(error)
                status = status_of(error)
            else:
                messages.success(request, _("Saved."))
                if data.get("act") == BACK:
                    return redirect("staff_questionnaire", slug)
                return redirect("staff_questionnaire_question", slug, changed.code)
    return _show(request, opened, code, form, status)


def _show(
    request: HttpRequest, opened: Opened, code: str, form: QuestionForm, status: int
) -> HttpResponse:
    section = opened.held.section_of(code)
    found = problems(opened.held, known_schemes(opened.held, today=clock.now().date()))
    saved = QuestionForm(form.question, opened.held)
    context = {
        "question": form.question,
        "about": opened_label(opened, code),
        "section": section,
        "sections": [(one.code, opened_label(opened, one.code)) for one in opened.held.sections],
        "form": form,
        "problems": list(form.problems()) if form.bound else [],
        "told": told_problems(opened, [one for one in found if one.at == code]),
        "based_on": base_to_show(request, opened.lock, status),
        "theirs": [
            *theirs(form.head, saved.head, status),
            *theirs(form.settings, saved.settings, status),
        ],
    }
    return builder_page(request, "question", opened, context, status=status)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def move(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """To another section."""
    opened = draft_or_404(slug)
    opened.question_or_404(code)
    section = request.POST.get("section", "")
    return step(
        request,
        opened,
        based_on(request),
        lambda: editing.move_question_to(opened.held, code, section),
    )


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Refused while something else asks about it."""
    opened = draft_or_404(slug)
    opened.question_or_404(code)
    if asked := editing.asked_by(opened.held, frozenset({code})):
        names = ", ".join(opened_label(opened, one) for one in asked)
        messages.error(
            request,
            _("Something else depends on it. Change this first: %(names)s") % {"names": names},
        )
        return redirect("staff_questionnaire_question", slug, code)
    return step(
        request, opened, based_on(request), lambda: editing.remove_question(opened.held, code)
    )
