"""The way into a call: new, about an entry, or from what was sent before."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.queries import organisations_of
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.operations import copy_reply, start_reply
from stocktaking.calls.queries import entries_to_confirm, replies_of, verdict_for, window_of
from stocktaking.calls.queries.deadline import tell
from stocktaking.calls.rules.window import ACCEPTS, Verdict
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.entries.models import Entry
from stocktaking.kernel import languages
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.questions import words_in
from stocktaking.web.forms.reply import StartForm
from stocktaking.web.views.reply.found import shown_call, writer_of
from stocktaking.web.views.reply.frame import REFUSED, page, status_of
from stocktaking.web.views.staff.once import key_for, once

SENT_BEFORE = frozenset({ReplyState.SUBMITTED, ReplyState.ACCEPTED, ReplyState.DECLINED})


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    call = shown_call(slug)
    own = organisations_of(writer_of(request))
    form = StartForm(request.POST if request.method == "POST" else None, own=own)
    if request.method != "POST":
        return _page(request, call, form)
    what = request.POST.get("from", "new")
    if what == "new" and not form.is_valid():
        return _page(request, call, form, status=REFUSED)
    try:
        answer = once(
            request,
            scope="reply_start",
            content=(call.pk, what, form.data.get("language"), form.data.get("organisation")),
            at=arrived_at(request),
            make=lambda: {"key": str(_begin(request, call, form, what).key)},
        )
    except (NotAllowed, RuleBroken) as error:
        return _page(request, call, form, refusal=error, status=status_of(error))
    return redirect("reply", answer["key"])


def _begin(request: HttpRequest, call: Call, form: StartForm, what: str) -> Reply:
    by, at = writer_of(request), arrived_at(request)
    kind, _colon, name = what.partition(":")
    if kind == "reply":
        key = _key(name)
        source = Reply.objects.filter(key=key).first() if key else None
        if source is None:
            raise NotAllowed("reply_unknown", _("There is no such reply."))
        return copy_reply(reply=source, call=call, by=by, at=at)
    if kind == "entry":
        digits = name.isascii() and name.isdigit() and len(name) < 19
        entry = Entry.objects.filter(number=int(name)).first() if digits else None
        if entry is None:
            raise NotAllowed("entry_missing", _("There is no such entry."))
        return start_reply(
            call=call,
            by=by,
            at=at,
            language=entry.original_language,
            occasion=Occasion.UPDATE,
            entry=entry,
        )
    organisation = Organisation.objects.filter(number=form.number).first() if form.number else None
    return start_reply(
        call=call,
        by=by,
        at=at,
        language=form.cleaned_data["language"],
        organisation=organisation,
    )


def _key(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    call: Call,
    form: StartForm,
    *,
    refusal: Any = None,
    status: int = 200,
) -> HttpResponse:
    person, at = writer_of(request), arrived_at(request)
    verdict = verdict_for(call, at, person)
    mine = replies_of(person)
    waiting = entries_to_confirm(call, person, languages.current().code)
    context = {
        "call": call,
        "call_title": words_in(call.title, languages.current().code),
        "summary": words_in(call.summary, languages.current().code),
        "form": form,
        "takes": verdict in ACCEPTS,
        "not_yet": verdict is Verdict.NOT_YET,
        "opens": str(tell(call.opens_at, call, end=False)),
        "deadline": str(tell(call.closes_at, call)),
        "days_left": window_of(call).days_left(at),
        "in_hand": [one for one in mine if one.call.pk == call.pk and one.writable],
        "before": [one for one in mine if one.call.pk != call.pk and one.state in SENT_BEFORE][:20],
        "to_confirm": sum(1 for one in waiting if one.open),
        "refusal": refusal,
        "idempotency_key": key_for(request),
    }
    return page(request, "web/reply/start.html", context, status=status)
