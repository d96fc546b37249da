"""What waits for those who act for an organisation: suggestions, invitations of collections."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.operations import answer_invitation, leave_collection
from stocktaking.entries.queries.invitations import invitation_of_link, invitations_for
from stocktaking.intake.operations.suggesting import say_as_owner
from stocktaking.intake.queries.suggestions import suggestion, suggestions_to_own, to_judge
from stocktaking.intake.states import OwnerVerdict
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import VerdictForm, place_name
from stocktaking.web.forms.search import number_in, number_sent
from stocktaking.web.guard import limited
from stocktaking.web.views.participation.frame import REFUSED, shown, signed_in
from stocktaking.web.views.staff.frame import base_to_show, based_on, status_of

SIZE = 20
HOUR = dt.timedelta(hours=1)


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Other words that readers propose for entries of the own organisations."""
    page = number_in(request, "page") or 1
    here = languages.current().code
    found, total = suggestions_to_own(signed_in(request), here, first=(page - 1) * SIZE, size=SIZE)
    base = reverse("own_suggestions")
    context = {
        "section": "account",
        "rows": [(one, place_name(one.place) if one.place else one.key) for one in found],
        "total": total,
        "pager": Pager.of(page=page, total=total, size=SIZE, url=lambda n: f"{base}?page={n}"),
    }
    return shown(request, "own_suggestions.html", context)


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """One suggestion: agree to it or not. Staff decide."""
    person = signed_in(request)
    if not to_judge(person, judged=None).filter(pk=number).exists():
        raise Http404
    form, status = VerdictForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound and form.is_valid():
        agreed = request.POST.get("act") == "agree"
        try:
            say_as_owner(
                suggestion_id=number,
                verdict=OwnerVerdict.AGREED if agreed else OwnerVerdict.AGAINST,
                note=form.cleaned_data["note"],
                based_on=based_on(request),
                by=person,
                at=arrived_at(request),
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("The secretariat sees what you said, and decides."))
            return redirect("own_suggestions")
    view = suggestion(number, languages.current().code)
    assert view is not None  # noqa: S101 - asked for above
    context = {
        "section": "account",
        "suggestion": view,
        "place_name": place_name(view.place) if view.place else view.key,
        "form": form,
        "based_on": base_to_show(request, view.lock, status),
    }
    return shown(request, "own_suggestion.html", context, status=status)


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Collections that ask for entries of the own organisations, and those they belong to."""
    person, refusal = signed_in(request), ""
    if request.method == "POST":
        try:
            _act(request)
        except RuleBroken as error:
            refusal = str(error)
        else:
            return redirect("own_invitations")
    context = {
        "section": "account",
        "found": invitations_for(person, languages.current().code),
        "refusal": refusal,
    }
    return shown(request, "own_invitations.html", context, status=REFUSED if refusal else 200)


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation link", most=60, every=HOUR, by="network")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: yes or no, without an account."""
    found, refusal = invitation_of_link(token, languages.current().code), ""
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            answer_invitation(
                invitation_id=found.id,
                accept=request.POST.get("act") == "accept",
                token=token,
                by=None,
                at=arrived_at(request),
            )
        except RuleBroken as error:
            refusal = str(error)
        else:
            return redirect("collection_invitation", token)
    context = {"invitation": found, "card": found.entry, "refusal": refusal}
    return shown(request, "invitation.html", context, status=REFUSED if refusal else 200)


def _act(request: HttpRequest) -> None:
    """Accept or decline an invitation, or leave a collection. NotAllowed is 404 by ``allow``."""
    person, at = signed_in(request), arrived_at(request)
    mine = {one.id: one for one in invitations_for(person, languages.current().code)}
    one = mine.get(number_sent(request, "invitation") or 0)
    if one is None:
        raise Http404
    act = request.POST.get("act")
    if act == "leave":
        leave_collection(slug=one.slug, number=one.entry.number, by=person, at=at)
    else:
        answer_invitation(invitation_id=one.id, accept=act == "accept", by=person, at=at)
