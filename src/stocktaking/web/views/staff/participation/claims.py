"""Claims that wait for staff."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.operations.claiming import decline_claim, grant_claim
from stocktaking.intake.queries.claims import claim, claim_queue, confirmed_addresses
from stocktaking.intake.rules.ownership import host_of
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import AnswerForm
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.frame import REFUSED, desk_page

SIZE = 50
HERE = "staff_claims"


@allow(Capability.MODERATE_REPLIES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    done, page = "done" in request.GET, number_in(request, "page") or 1
    found, total = claim_queue(
        languages.current().code, waiting=not done, first=(page - 1) * SIZE, size=SIZE
    )
    base = reverse(HERE)
    shown = f"{base}?done=1&page=" if done else f"{base}?page="
    context = {
        "found": found,
        "total": total,
        "tabs": [(_("To decide"), base, not done), (_("Decided"), f"{base}?done=1", done)],
        "pager": Pager.of(page=page, total=total, size=SIZE, url=lambda n: f"{shown}{n}"),
    }
    return desk_page(request, "web/staff/participation/claims.html", HERE, context)


@allow(Capability.MODERATE_REPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    view = claim(number, languages.current().code)
    if view is None:
        raise Http404
    person = person_of(request)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and person is not None:
        act = grant_claim if request.POST.get("act") == "grant" else decline_claim
        answer = form.cleaned_data["answer"]
        try:
            act(claim_id=number, answer=answer, by=person, at=arrived_at(request))
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("Decided. The person is told by mail."))
            return redirect(HERE)
    context = {
        "claim": view,
        "own": view.person == person,
        "host": host_of(view.organisation.website),
        "addresses": confirmed_addresses(view.person),
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
    }
    status = REFUSED if form.errors else 200
    return desk_page(request, "web/staff/participation/claim.html", HERE, context, status=status)
