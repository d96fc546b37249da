"""Publishing, extending, cancelling and copying a call; more time for one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call
from stocktaking.calls.operations import (
    allow_longer,
    cancel_call,
    copy_call,
    extend_call,
    publish_call,
    take_back_allowance,
)
from stocktaking.calls.queries import tell
from stocktaking.calls.queries.checklist import checklist
from stocktaking.calls.queries.letters import readers_of_call
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.call_acts import (
    AllowForm,
    CancelForm,
    CopyForm,
    ExtendForm,
    extend_initial,
    next_slug,
)
from stocktaking.web.views.staff.calls.found import call_or_404, call_page
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.once import key_for, once

METHODS = ["GET", "HEAD", "POST"]


@allow(Capability.MANAGE_CALLS)
@require_http_methods(METHODS)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once more, with the checklist."""
    call, refusal = call_or_404(slug), ""
    if request.method == "POST":
        try:
            publish_call(call=call, by=person_of(request), at=clock.now())
        except RuleBroken as error:
            refusal = str(error)
        else:
            messages.success(request, _("The call is published. Letters can go out."))
            return redirect("staff_letters", slug)
    items = checklist(call, clock.now())
    context = {
        "checklist": items,
        "ready": all(item.done for item in items if item.stops),
        "refusal": refusal,
    }
    return call_page(request, "publish", call, "edit", context, status=_status(refusal))


@allow(Capability.MANAGE_CALLS)
@require_http_methods(METHODS)
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    data = request.POST if request.method == "POST" else None
    form = ExtendForm(data, call=call, initial=extend_initial(call))
    if form.is_bound and form.is_valid():
        try:
            extend_call(call=call, **form.stated(), by=person_of(request), at=clock.now())
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The deadline is moved. Everybody concerned gets a mail."))
            return redirect("staff_call", slug)
    context = {
        **_form(form),
        "readers": len(readers_of_call(call)),
        "extensions": [
            (tell(one.was, call), tell(one.becomes, call), one)
            for one in call.extensions.order_by("-at", "-pk")
        ],
    }
    return call_page(request, "extend", call, "extend", context, status=_status(form.errors))


@allow(Capability.MANAGE_CALLS)
@require_http_methods(METHODS)
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            cancel_call(
                call=call, reason=form.said("reason"), by=person_of(request), at=clock.now()
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The call is cancelled."))
            return redirect("staff_call", slug)
    context = {**_form(form), "readers": len(readers_of_call(call)) if call.published_at else 0}
    return call_page(request, "cancel", call, "edit", context, status=_status(form.errors))


@allow(Capability.MANAGE_CALLS)
@require_http_methods(METHODS)
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    data = request.POST if request.method == "POST" else None
    form = CopyForm(data, initial={"slug": next_slug(call)})
    if form.is_bound and form.is_valid():
        by, at, wanted = person_of(request), clock.now(), form.cleaned_data["slug"]
        try:
            once(
                request,
                scope="staff_call_copy",
                content=(call.pk, wanted),
                at=at,
                make=lambda: {"slug": copy_call(call=call, slug=wanted, by=by, at=at).slug},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The call is drawn up a year later. Look at its dates."))
            return redirect("staff_call", wanted)
    context = {**_form(form), "idempotency_key": key_for(request)}
    return call_page(request, "copy", call, "edit", context, status=_status(form.errors))


@allow(Capability.MANAGE_CALLS)
@require_http_methods(METHODS)
def allowances(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may reply for longer; given and taken back here."""
    call = call_or_404(slug)
    if request.method == "POST" and request.POST.get("act") == "take_back":
        person = _person(request.POST.get("person", ""))
        take_back_allowance(call=call, person=person, by=person_of(request), at=clock.now())
        messages.success(request, _("The end of the call holds for this person, too."))
        return redirect("staff_allowances", slug)
    form = AllowForm(request.POST if request.method == "POST" else None, call=call)
    if form.is_bound and form.is_valid() and _allow(request, call, form):
        messages.success(request, _("This person may reply for longer."))
        return redirect("staff_allowances", slug)
    given = call.allowances.select_related("person").order_by("-until", "pk")
    context = {
        **_form(form),
        "given": [(one, tell(one.until, call)) for one in given],
    }
    return call_page(request, "allowances", call, "allowances", context,
                     status=_status(form.errors))  # fmt: skip


def _allow(request: HttpRequest, call: Call, form: AllowForm) -> bool:
    held = form.cleaned_data
    person = Person.objects.filter(email__iexact=held["email"] or "").first()
    if person is None:
        form.add_error("email", _("There is no account with this address."))
        return False
    try:
        allow_longer(
            call=call,
            person=person,
            until=held["until"],
            reason=held["reason"],
            by=person_of(request),
            at=clock.now(),
        )
    except RuleBroken as error:
        form.add_rule(error)
        return False
    return True


def _person(typed: str) -> Person:
    digits = typed.isascii() and typed.isdigit() and len(typed) < 19
    found = Person.objects.filter(pk=int(typed)).first() if digits else None
    if found is None:
        raise Http404
    return found


def _form(form: Part) -> dict[str, Any]:
    return {"form": form, "problems": list(form.problems()) if form.is_bound else []}


def _status(refused: object) -> int:
    return REFUSED if refused else 200
