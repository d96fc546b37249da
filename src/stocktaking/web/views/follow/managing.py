"""The account's page of what is followed: how often, when, a pause, a look at the next mail."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.rules.window import zone_names
from stocktaking.follow import notifications, operations
from stocktaking.follow.models import Follower
from stocktaking.follow.queries import Followed, followed, followed_by, standing_of
from stocktaking.follow.queries.subscriptions import follower_of
from stocktaking.follow.states import State
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.follow import RHYTHMS, FollowForm, ScheduleForm
from stocktaking.web.guard import limited
from stocktaking.web.views.follow.frame import REFUSED, shown
from stocktaking.web.views.participation.frame import signed_in
from stocktaking.web.views.staff.frame import base_to_show, based_on, status_of

HOUR = dt.timedelta(hours=1)


@allow(Capability.HOLD_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """All that is followed; when digests come; whether they reach the address."""
    person = signed_in(request)
    follower = follower_of(person) or Follower(person=person)
    act = request.POST.get("act", "")
    form = ScheduleForm(
        request.POST if act == "schedule" else None,
        initial={"weekday": follower.weekday, "hour": follower.hour, "zone": follower.zone},
    )
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            done = _act(request, act, person, form)
        except RuleBroken as error:
            status = status_of(error)
            if act == "schedule":
                form.add_rule(error)
            else:
                refusal = str(error)
        else:
            if done:
                messages.success(request, done)
                return redirect("following")
            status = REFUSED
    return _page(request, person, follower, form, status=status, refusal=refusal)


def _page(
    request: HttpRequest,
    person: Person,
    follower: Follower,
    form: ScheduleForm,
    *,
    status: int,
    refusal: str,
) -> HttpResponse:
    rows = followed_by(person, languages.current().code)
    context = {
        "searches": [_row(row) for row in rows if row.card is None and row.question is not None],
        "entries": [_row(row) for row in rows if row.question is None],
        "total": len(rows),
        "most": settings.FOLLOWED_MOST,
        "follower": follower,
        "paused": follower.state == State.PAUSED,
        "standing": standing_of(person),
        "email": person.email,
        "schedule": form,
        "zones": zone_names(),
        "based_on": base_to_show(request, follower.lock, status),
        "refusal": refusal,
    }
    return shown(request, "listing.html", context, status=status)


def _row(row: Followed) -> dict[str, Any]:
    return {"row": row, "rhythm": RHYTHMS[row.rhythm]}


def _act(request: HttpRequest, act: str, person: Person, form: ScheduleForm) -> str:
    """What was done, in words; empty where nothing was."""
    at = arrived_at(request)
    if act == "schedule":
        if not form.is_valid():
            return ""
        operations.revise_schedule(
            person=person, **form.cleaned_data, based_on=based_on(request), by=person, at=at
        )
        return _("Saved.")
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "pause": (operations.pause_all, _("Nothing is sent until you go on.")),
        "resume": (operations.resume_all, _("You are told again.")),
        "release": (operations.release_own, _("Mail goes to your address again.")),
    }
    if act not in acts:
        return ""
    do, said = acts[act]
    do(person=person, by=person, at=at)
    return said


@allow(Capability.HOLD_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Name, rhythm and language of one thing; a pause, and the end of it."""
    person = signed_in(request)
    found = followed(person, number, languages.current().code)
    if found is None:
        raise Http404
    act = request.POST.get("act", "")
    form = FollowForm(
        request.POST if act == "save" else None,
        kind=found.kind,
        initial={"name": found.name, "rhythm": found.rhythm, "language": found.language},
    )
    status = 200
    if request.method == "POST":
        try:
            done = _act_one(request, act, found, person, form)
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            if done:
                messages.success(request, done)
                return redirect("following")
            status = REFUSED
    context = {
        "found": found,
        "form": form,
        "based_on": base_to_show(request, found.lock, status),
    }
    return shown(request, "one.html", context, status=status)


def _act_one(
    request: HttpRequest, act: str, found: Followed, person: Person, form: FollowForm
) -> str:
    at = arrived_at(request)
    stated: dict[str, Any] = {"subscription_id": found.id, "by": person, "at": at}
    if act == "save":
        if not form.is_valid():
            return ""
        values = {"name": "", **form.cleaned_data}
        operations.revise_subscription(**values, based_on=based_on(request), **stated)
        return _("Saved.")
    if act == "pause":
        operations.pause_subscription(**stated)
        return _("You are told nothing of it until you go on.")
    if act == "resume":
        operations.resume_subscription(**stated)
        return _("You are told of it again.")
    if act == "end":
        operations.end_subscription(**stated)
        return _("You do not follow it any more.")
    return ""


@allow(Capability.HOLD_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("follow sample", most=5, every=HOUR)
def preview(request: HttpRequest) -> HttpResponse:
    """The next mail as it would be now; on POST it is sent, and counts for nothing."""
    person = signed_in(request)
    follower = follower_of(person)
    if follower is None or not follower.subscriptions.exists():
        return redirect("following")
    if request.method == "POST":
        if standing_of(person).reason is not None:
            messages.error(request, _("Mail does not go to your address at present."))
        else:
            operations.ask_for_sample(person=person, by=person, at=arrived_at(request))
            messages.success(request, _("The mail is on its way to you."))
        return redirect("following")
    follower.person = person
    mail = notifications.composed(follower, at=clock.now())
    context = {
        "mail": mail,
        "direction": languages.direction_of(mail.language),
        "html": mark_safe(mail.html),  # noqa: S308 - rendered and cleaned by the outbox
        "email": person.email,
    }
    return shown(request, "preview.html", context)
