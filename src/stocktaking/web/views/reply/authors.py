"""Who writes a reply, and how somebody joins."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import AuthorInvitation, Reply
from stocktaking.calls.operations import (
    accept_invitation,
    hand_over_lead,
    invite_author,
    remove_author,
    revoke_invitation,
    waiting_invitations,
)
from stocktaking.calls.operations.authors import hash_of
from stocktaking.calls.permissions import is_lead
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.forms.questions import words_in
from stocktaking.web.forms.reply import InviteForm
from stocktaking.web.guard import limited
from stocktaking.web.views.reply.found import authored, led, writer_of
from stocktaking.web.views.reply.frame import REFUSED, number_in, page, reply_page, status_of
from stocktaking.web.views.reply.standing import Standing
from stocktaking.web.views.staff.once import key_for, once

HOUR = dt.timedelta(hours=1)


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("author invitation", most=40, every=HOUR)  # each is a mail to a stranger
def authors(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The list; sent as a form it invites somebody."""
    if request.method != "POST":
        return _page(request, authored(request, key), _empty(request))
    reply, form = led(request, key), InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, reply, form, status=REFUSED)
    email, language = form.cleaned_data["email"], form.cleaned_data["language"]
    try:
        once(
            request,
            scope="reply_invite",
            content=(reply.pk, email, language),
            at=clock.now(),
            make=lambda: {
                "invitation": invite_author(
                    reply=reply,
                    email=email,
                    language=language,
                    by=writer_of(request),
                    at=clock.now(),
                ).pk
            },
        )
    except RuleBroken as error:
        form.add_rule(error)
        return _page(request, reply, form, status=status_of(error))
    messages.success(request, _("A mail with the invitation is on its way."))
    return redirect("reply_authors", key)


def _empty(request: HttpRequest) -> InviteForm:
    own = writer_of(request).language
    known = own if own in languages.BY_CODE else languages.current().code
    return InviteForm(initial={"language": known})


@allow(Capability.REPLY_TO_CALLS)
@require_POST
def change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back an invitation, take somebody out, leave, or hand the lead over."""
    reply, by = authored(request, key), writer_of(request)
    act, number = request.POST.get("act", ""), number_in(request, "number")
    try:
        _change(reply, act, number, by=by, at=clock.now())
    except RuleBroken as error:
        form = _empty(request)
        return _page(request, reply, form, refusal=error, status=REFUSED)
    if not reply.authors.filter(person=by).exists():
        messages.success(request, _("You do not write this reply any more."))
        return redirect("replies")
    return redirect("reply_authors", key)


def _change(reply: Reply, act: str, number: int, *, by: Person, at: dt.datetime) -> None:
    if act == "revoke":
        invitation = AuthorInvitation.objects.filter(reply=reply, pk=number).first()
        if invitation is not None:
            revoke_invitation(invitation=invitation, by=by, at=at)
        return
    person = Person.objects.filter(pk=number, authored__reply=reply).first()
    if person is None:
        return  # somebody did it a moment ago
    if act == "remove":
        remove_author(reply=reply, person=person, by=by, at=at)
    elif act == "lead":
        hand_over_lead(reply=reply, person=person, by=by, at=at)


def _page(
    request: HttpRequest,
    reply: Reply,
    form: InviteForm,
    *,
    refusal: RuleBroken | None = None,
    status: int = 200,
) -> HttpResponse:
    person = writer_of(request)
    leading = is_lead(person, reply)
    standing = Standing(reply, person, clock.now())
    context = {
        "form": form,
        "authors": reply.authors.select_related("person").order_by("since", "pk"),
        "invitations": waiting_invitations(reply, clock.now()) if leading else [],
        "leading": leading,
        "me": person,
        "refusal": refusal,
        "idempotency_key": key_for(request),
    }
    return reply_page(
        request, "web/reply/authors.html", standing, context, here="authors", status=status
    )


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mail leads. Whoever has no account makes one first and comes back."""
    person = writer_of(request)
    if request.method == "POST":
        try:
            reply = accept_invitation(token=token, by=person, at=clock.now())
        except RuleBroken as error:
            return page(request, "web/reply/join.html", {"refusal": error}, status=REFUSED)
        messages.success(request, _("You write this reply with the others now."))
        return redirect("reply", reply.key)
    found = AuthorInvitation.objects.select_related("reply__call").filter(token_hash=hash_of(token))
    invitation = found.first()
    if invitation is None or invitation.revoked_at or invitation.expires_at <= clock.now():
        return page(request, "web/reply/join.html", {"unknown": True}, status=404)
    reply = invitation.reply
    if reply.authors.filter(person=person).exists():
        return redirect("reply", reply.key)
    if invitation.accepted_at:
        return page(request, "web/reply/join.html", {"unknown": True}, status=404)
    inviter = Person.objects.filter(pk=invitation.by_id or 0).first()
    context = {
        "reply": reply,
        "call_title": words_in(reply.call.title, languages.current().code),
        "inviter": inviter.name if inviter else "",
    }
    return page(request, "web/reply/join.html", context)
