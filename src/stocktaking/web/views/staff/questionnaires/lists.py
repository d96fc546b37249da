"""All questionnaires, and beginning one: empty, or as a copy of any version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.operations import create_questionnaire
from stocktaking.questionnaires.queries import questionnaire_list
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.questionnaire import NewQuestionnaireForm
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.once import key_for, once
from stocktaking.web.views.staff.questionnaires.frame import builder_page


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def questionnaires(request: HttpRequest) -> HttpResponse:
    return builder_page(request, "list", None, {"found": questionnaire_list()})


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = NewQuestionnaireForm(
        request.POST if request.method == "POST" else None,
        initial={"copy_of": request.GET.get("copy", "")},
    )
    form.offer("copy_of", [("", _("Nothing")), *_versions()])
    if form.is_bound and form.is_valid():
        by, at, stated = person_of(request), clock.now(), form.stated()
        try:
            made = once(
                request,
                scope="staff_questionnaire_new",
                content=stated,
                at=at,
                make=lambda: {"slug": create_questionnaire(**stated, by=by, at=at).slug},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The questionnaire exists. It is a draft until frozen."))
            return redirect("staff_questionnaire", made["slug"])
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "idempotency_key": key_for(request),
    }
    return builder_page(request, "new", None, context, status=REFUSED if form.errors else 200)


def _versions() -> list[tuple[str, str]]:
    """Every version, newest first within its questionnaire."""
    language = languages.current().code
    rows = QuestionnaireVersion.objects.select_related("questionnaire")
    return [
        (
            str(row.pk),
            _("%(title)s, version %(number)s")
            % {"title": pick(row.questionnaire.title, language), "number": row.number},
        )
        for row in rows.order_by("questionnaire__slug", "-number")
    ]
