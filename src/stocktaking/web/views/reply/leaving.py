"""Taking a reply back, and taking its text over into a new one."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call
from stocktaking.calls.operations import copy_reply, withdraw_reply
from stocktaking.calls.queries import open_calls
from stocktaking.calls.states import ReplyState, may_move
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.views.reply.found import authored, led, writer_of
from stocktaking.web.views.reply.frame import REFUSED, reply_page, status_of
from stocktaking.web.views.reply.standing import Standing
from stocktaking.web.views.staff.once import key_for, once


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Only the lead author; the page says what becomes of the text."""
    reply, person, at = led(request, key), writer_of(request), arrived_at(request)
    refusal = None
    if request.method == "POST":
        try:
            withdraw_reply(reply=reply, by=person, at=at)
        except RuleBroken as error:
            refusal = error
        else:
            messages.success(request, _("The reply is taken back. What you wrote is kept."))
            return redirect("reply", key)
    elif not may_move(ReplyState(reply.state), ReplyState.WITHDRAWN):
        return redirect("reply", key)
    context = {"refusal": refusal}
    return reply_page(
        request,
        "web/reply/withdrawal.html",
        Standing(reply, person, at),
        context,
        here="withdrawal",
        status=REFUSED if refusal else 200,
    )


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new draft with the same answers, for a call that is open."""
    reply, person, at = authored(request, key), writer_of(request), arrived_at(request)
    refusal = None
    if request.method == "POST":
        slug = request.POST.get("call", "")
        try:
            answer = once(
                request,
                scope="reply_copy",
                content=(reply.pk, slug),
                at=at,
                make=lambda: {
                    "key": str(
                        copy_reply(
                            reply=reply, call=Call.objects.get(slug=slug), by=person, at=at
                        ).key
                    )
                },
            )
        except Call.DoesNotExist:
            refusal = RuleBroken("call_missing", _("Choose a call."))
        except RuleBroken as error:
            refusal = error
        else:
            return redirect("reply", answer["key"])
    context = {
        "refusal": refusal,
        "calls": open_calls(at),
        "idempotency_key": key_for(request),
    }
    return reply_page(
        request,
        "web/reply/copy.html",
        Standing(reply, person, at),
        context,
        here="copy",
        status=status_of(refusal) if refusal else 200,
    )
