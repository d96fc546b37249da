"""Replies from the country or region of a coordinator, who speaks for or against them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.queries import scopes_of
from stocktaking.accounts.rules.roles import Capability, Role
from stocktaking.accounts.rules.scopes import written
from stocktaking.calls.models import Reply
from stocktaking.intake.operations import endorse_reply
from stocktaking.intake.permissions import from_scopes, scope_for
from stocktaking.intake.queries.endorsing import to_endorse
from stocktaking.intake.queries.outcomes import sent_by
from stocktaking.intake.states import UNDECIDED, EndorsementVerdict
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.access import allow, person_of
from stocktaking.web.answers import chapters
from stocktaking.web.forms.queue import EndorseForm
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.frame import REFUSED, desk_page

HERE = "staff_endorse"
SIZE = 50


@allow(Capability.ENDORSE_REPLIES)
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    page = number_in(request, "page") or 1
    spoken = request.GET.get("spoken") == "1"
    person, at = person_of(request), clock.now()
    found = to_endorse(
        from_scopes(person, on=at.date()),
        [written(key) for key in scopes_of(person, Role.COORDINATOR)],
        at=at,
        spoken=spoken,
        page=page,
        size=SIZE,
    )

    def url(number: int) -> str:
        asked = [f"page={number}"] if number > 1 else []
        return "?" + "&".join([*(["spoken=1"] if spoken else []), *asked])

    context = {
        "found": found,
        "spoken": spoken,
        "pager": Pager.of(page=page, total=found.total, size=SIZE, url=url),
    }
    return desk_page(request, "web/staff/queue/endorse.html", HERE, context)


@allow(Capability.ENDORSE_REPLIES, hide=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """404 for what comes from elsewhere, as for what does not exist."""
    person, at = person_of(request), clock.now()
    row = Reply.objects.filter(pk=number).select_related("call", "answer_set", "moderation").first()
    scope = scope_for(person, row, on=at.date()) if row else ""
    if row is None or person is None or not scope:
        raise Http404
    given = row.endorsements.filter(scope=scope).select_related("by").first()
    initial = {"verdict": given.verdict, "note": given.note} if given else None
    form = EndorseForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            endorse_reply(
                number=number,
                verdict=EndorsementVerdict(form.cleaned_data["verdict"]),
                note=form.cleaned_data["note"],
                by=person,
                at=at,
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The secretariat can read what you say."))
            return redirect("staff_endorse")
    return _show(request, row, form, given)


def _show(request: HttpRequest, row: Reply, form: EndorseForm, given: Any) -> HttpResponse:
    language = languages.current().code
    sent = sent_by(row)
    # contacts of people are for the secretariat
    public = {
        question.code: sent.answers[question.code]
        for question in sent.definition.questions()
        if question.code in sent.answers and not question.personal
    }
    context = {
        "reply": row,
        "call_title": pick(row.call.title, language),
        "chapters": chapters(
            sent.definition,
            public,
            {},
            language=language,
            written_in=row.language,
            unanswered=False,
        ),
        "form": form,
        "given": given,
        "open": row.state in UNDECIDED,
        "problems": list(form.problems()) if form.is_bound else [],
    }
    status = REFUSED if form.errors else 200
    return desk_page(request, "web/staff/queue/endorse_one.html", HERE, context, status=status)
