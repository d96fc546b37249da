"""What all pages of replies share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stocktaking.calls.states import ReplyState
from stocktaking.kernel.errors import StaleVersion
from stocktaking.web.forms.questions import words_in
from stocktaking.web.views.reply.standing import Standing

REFUSED = 422  # the form is shown again with what is to be put right
CONFLICT = 409  # somebody else saved first


def reply_page(
    request: HttpRequest,
    template: str,
    standing: Standing,
    context: dict[str, Any],
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of one reply; ``here`` is the code of a section, or the name of a page."""
    reply = standing.reply
    frame = {
        "reply": reply,
        "call": reply.call,
        "call_title": words_in(reply.call.title, standing.language),
        "standing": standing,
        "steps": standing.steps(here) if standing.writable else [],
        "here": here,
        "returned": reply.state == ReplyState.RETURNED,
        "revision": reply.answer_set.revision,
        "saved_at": reply.answer_set.changed_at,
    }
    return page(request, template, frame | context, status=status)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(
        request, template, {"section": "calls", "noindex": True, **context}, status=status
    )


def status_of(error: Exception) -> int:
    """409 where something else was first, also the same form with other content; else 422."""
    code = getattr(error, "code", "")
    clash = isinstance(error, StaleVersion) or code.startswith("idempotency")
    return CONFLICT if clash else REFUSED


def number_in(request: HttpRequest, name: str) -> int:
    """A number from a hidden field; 0 where it names none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
