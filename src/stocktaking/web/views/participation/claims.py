"""Claiming an organisation, or an entry of one, and what becomes of it."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stocktaking.accounts.queries import OrganisationView, organisation, organisations_of
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import EntryCard
from stocktaking.intake.models import Claim
from stocktaking.intake.operations.claiming import (
    claim_entry,
    decline_claim,
    grant_claim,
    open_claim,
)
from stocktaking.intake.operations.website_codes import ask_for_look
from stocktaking.intake.permissions import owns_claimed
from stocktaking.intake.queries import claims as queries
from stocktaking.intake.rules.claiming import file_of, tag_of
from stocktaking.intake.rules.ownership import host_of, proves
from stocktaking.intake.states import ClaimMethod
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import AnswerForm, ClaimForm, TransferForm
from stocktaking.web.guard import limited
from stocktaking.web.views.participation.frame import REFUSED, public_card, shown, signed_in
from stocktaking.web.views.staff.once import once

HOUR = dt.timedelta(hours=1)


@allow(Capability.HOLD_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("claim", most=20, every=HOUR)
def of_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Claim the organisation of an entry, or the entry where no owner is known."""
    card = public_card(number)
    if card.organisation is None or card.organisation.unknown:
        return _transfer(request, card)
    body = organisation(card.organisation.number)
    if body is None:
        raise Http404
    return _claim(request, body, card)


@allow(Capability.HOLD_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("claim", most=20, every=HOUR)
def of_organisation(request: HttpRequest, number: int) -> HttpResponse:
    body = organisation(number)
    if body is None or body.unknown or body.merged_into:
        raise Http404
    return _claim(request, body, None)


@allow(Capability.HOLD_ACCOUNT)
@require_safe
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """One claim, for whoever made it and the owners who decide it."""
    return _show(request, number, AnswerForm())


@allow(Capability.HOLD_ACCOUNT)
@require_POST
@limited("claim look", most=10, every=HOUR)
def look(request: HttpRequest, number: int) -> HttpResponse:
    """The code is in its place: read the website."""
    person = signed_in(request)
    if not Claim.objects.filter(pk=number, person=person).exists():
        raise Http404
    try:
        ask_for_look(claim_id=number, by=person, at=arrived_at(request))
    except RuleBroken as error:
        return _show(request, number, AnswerForm(), refusal=str(error))
    return redirect(f"{reverse('claim', args=[number])}?looking=1")


@allow(Capability.HOLD_ACCOUNT)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """An owner of the organisation grants or declines a claim; staff have a page of their own."""
    row = Claim.objects.filter(pk=number).first()
    person, form = signed_in(request), AnswerForm(request.POST)
    if row is None or not owns_claimed(person, row):
        raise Http404
    if form.is_valid():
        act = grant_claim if request.POST.get("act") == "grant" else decline_claim
        answer = form.cleaned_data["answer"]
        try:
            act(claim_id=number, answer=answer, by=person, at=arrived_at(request))
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return redirect("claim", number)
    return _show(request, number, form)


@allow(Capability.HOLD_ACCOUNT)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What somebody claimed, and what waits for them as an owner."""
    person, here = signed_in(request), languages.current().code
    context = {
        "section": "account",
        "own": queries.claims_of(person, here),
        "waiting": queries.claims_to_decide(person, here),
    }
    return shown(request, "claims.html", context)


def _claim(request: HttpRequest, body: OrganisationView, card: EntryCard | None) -> HttpResponse:
    person = signed_in(request)
    fitting = [one for one in queries.confirmed_addresses(person) if proves(one, body.website)]
    form = ClaimForm(
        request.POST if request.method == "POST" else None,
        host=host_of(body.website),
        fitting=fitting[0] if fitting else "",
    )
    acts = person.memberships.filter(organisation=body.number).exists()
    if form.is_bound and form.is_valid():
        at, stated = arrived_at(request), form.cleaned_data
        try:
            made = once(
                request,
                scope="claim",
                content=(body.number, sorted(stated.items())),
                at=at,
                make=lambda: {
                    "id": open_claim(
                        organisation=body.number,
                        method=ClaimMethod(stated["method"]),
                        statement=stated["statement"],
                        entry=card.number if card else None,
                        by=person,
                        at=at,
                    ).pk
                },
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return redirect("claim", made["id"])
    context = {
        "card": card,
        "organisation": body,
        "form": form,
        "acts": acts,
        "waiting": queries.waiting_claim(person, body.number),
        "section": "organisations",
    }
    return shown(request, "claim_form.html", context, status=REFUSED if form.errors else 200)


def _transfer(request: HttpRequest, card: EntryCard) -> HttpResponse:
    person = signed_in(request)
    own = [(body.number, str(body)) for body in organisations_of(person)]
    form = TransferForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_bound and form.is_valid():
        at, stated = arrived_at(request), form.cleaned_data
        try:
            made = once(
                request,
                scope="claim_entry",
                content=(card.number, sorted(stated.items())),
                at=at,
                make=lambda: {"id": claim_entry(number=card.number, **stated, by=person, at=at).pk},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return redirect("claim", made["id"])
    context = {"card": card, "form": form, "own": own}
    return shown(request, "transfer_form.html", context, status=REFUSED if form.errors else 200)


def _show(
    request: HttpRequest, number: int, form: AnswerForm, *, refusal: str = ""
) -> HttpResponse:
    row, person = Claim.objects.filter(pk=number).first(), signed_in(request)
    view = queries.claim(number, languages.current().code)
    if row is None or view is None or not (view.person == person or owns_claimed(person, row)):
        raise Http404
    context = {
        "claim": view,
        "mine": view.person == person,
        "decides": view.waits and owns_claimed(person, row),
        "form": form,
        "refusal": refusal,
        "file": file_of(view.organisation.website) if view.code else "",
        "tag": tag_of(view.code) if view.code else "",
        "looking": "looking" in request.GET,
        "section": "account",
    }
    status = REFUSED if refusal or form.errors else 200
    return shown(request, "claim.html", context, status=status)
