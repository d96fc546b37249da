"""Mails that wait, were sent or came back; sending one again, holding one back."""

import uuid
from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.outbox import queries
from stocktaking.outbox.operations import cancel_message, send_again
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.frame import desk_page
from stocktaking.web.views.staff.mail.words import OUTCOMES, STATES

HERE = "staff_mail"
SIZE = 50


@allow(Capability.SEE_MAIL)
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    counts, kinds = queries.counts_by_state(), queries.kinds_seen()
    asked = {
        "state": _one_of(text_in(request, "state"), STATES),
        "kind": _one_of(text_in(request, "kind"), dict(kinds)),
        "address": text_in(request, "address"),
    }
    page = number_in(request, "page") or 1
    found = queries.messages(**asked)
    total = found.count()

    def url(number: int = 1, **other: str) -> str:
        kept = {name: value for name, value in {**asked, **other}.items() if value}
        query = urlencode(kept | ({"page": number} if number > 1 else {}))
        return reverse(HERE) + (f"?{query}" if query else "")

    pager = Pager.of(page=page, total=total, size=SIZE, url=url)
    first = (pager.page - 1) * SIZE
    tabs = [("", _("All"), sum(counts.values()))]
    tabs += [(state, str(label), counts[state]) for state, label in STATES.items()]
    context = {
        "found": [(row, STATES[row.state]) for row in queries.rows(found[first : first + SIZE])],
        "total": total,
        "asked": asked,
        "tabs": [
            (label, url(state=state), state == asked["state"], count)
            for state, label, count in tabs
            if count or state in ("", asked["state"])
        ],
        "kinds": kinds,
        "pager": pager,
    }
    return desk_page(request, "web/staff/mail/messages.html", HERE, context)


@allow(Capability.SEE_MAIL)
@require_safe
def message(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    view = queries.message_view(number)
    if view is None:
        raise Http404
    context = {
        "mail": view,
        "state": STATES[view.row.state],
        "tries": [(one, OUTCOMES.get(one.outcome, one.outcome)) for one in view.tries],
        "may_change": can(person_of(request), Capability.MANAGE_MAIL),
    }
    return desk_page(request, "web/staff/mail/message.html", HERE, context)


@allow(Capability.MANAGE_MAIL)
@require_POST
def message_act(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Send a mail again, or hold it back, as the button ``act`` says."""
    if queries.message_view(number) is None:
        raise Http404
    change = cancel_message if request.POST.get("act") == "cancel" else send_again
    try:
        change(message_id=number, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("The mail is not sent.") if change is cancel_message else _("The mail waits."),
        )
    return redirect("staff_mail_message", number)


def _one_of(typed: str, known: Collection[str]) -> str:
    return typed if typed in known else ""
