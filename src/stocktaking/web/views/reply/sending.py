"""The last look before sending, the sending, and what was sent."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.operations import submit_reply
from stocktaking.calls.states import ReplyState
from stocktaking.intake.queries.checks import findings_for
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.pages.rules.rendering import render as markdown
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.web.access import allow
from stocktaking.web.answers import chapters
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.questions import Words, words_in
from stocktaking.web.views.reply.found import authored, readable, writer_of
from stocktaking.web.views.reply.frame import REFUSED, number_in, reply_page, status_of
from stocktaking.web.views.reply.section import form_of
from stocktaking.web.views.reply.standing import Missing, Standing
from stocktaking.web.views.staff.once import key_for, once


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everything once more, with what is still to be put right; sending is one button."""
    standing = Standing(authored(request, key), writer_of(request), arrived_at(request))
    if request.method == "POST":
        return _send(request, standing)
    if not standing.writable:
        return redirect("reply_sent" if standing.reply.submitted_at else "reply", key)
    return _page(request, standing)


def _send(request: HttpRequest, standing: Standing) -> HttpResponse:
    reply, based_on = standing.reply, number_in(request, "based_on")
    try:
        once(
            request,
            scope="reply_send",
            content=(reply.pk, based_on),
            at=standing.at,
            make=lambda: {
                "snapshot": submit_reply(
                    reply=reply, based_on=based_on, by=writer_of(request), at=standing.at
                ).number
            },
        )
    except RulesBroken:
        return _page(request, standing, status=REFUSED)  # the page lists them
    except RuleBroken as error:
        return _page(request, standing, refusal=error, status=status_of(error))
    return redirect("reply_sent", reply.key)


def _page(
    request: HttpRequest,
    standing: Standing,
    *,
    refusal: RuleBroken | None = None,
    status: int = 200,
) -> HttpResponse:
    reply = standing.reply
    missing = standing.missing()
    warnings = [
        {
            "message": words_in(one.message, standing.language),
            "severity": str(one.severity),
            "place": one.place,
            "section": section.code if section else "",
        }
        for one in findings_for(reply, at=standing.at)
        for section in [standing.definition.section_of(one.place)]
    ]
    context = {
        "missing": [(one, anchor_of(standing, one)) for one in missing],
        "warnings": warnings,
        "chapters": chapters(
            standing.definition,
            standing.answers,
            standing.facts,
            language=standing.language,
            written_in=reply.language,
        ),
        "afterwards": prose(words_in(reply.call.afterwards, standing.language)),
        "refusal": refusal,
        "idempotency_key": key_for(request) if refusal is None else uuid.uuid4().hex,
    }
    return reply_page(
        request, "web/reply/check.html", standing, context, here="check", status=status
    )


def anchor_of(standing: Standing, one: Missing) -> str:
    """The id of the very field: a part of an answer has one of its own."""
    code, _point, part = one.place.partition(".")
    section = standing.definition.section(one.section)
    if section is None:
        return ""
    if not part:
        return f"id_q-{code}"
    field = form_of(standing, section).field(code)
    return field.anchor_of(part) if field else ""


def prose(text: Words) -> dict[str, object]:
    """Markdown of the organisers, with its language."""
    html: SafeString | str = ""
    if text:
        html = mark_safe(markdown(text.text))  # noqa: S308 - cleaned by ``render``
    return {"html": html, "language": text.language}


@allow(Capability.REPLY_TO_CALLS)
@require_safe
def sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """That it has arrived, under which number, and what happens next."""
    reply = readable(request, key)
    newest = reply.snapshots.order_by("-number").first()
    if newest is None or reply.state == ReplyState.RETURNED:
        return redirect("reply", key)
    standing = Standing(reply, writer_of(request), arrived_at(request))
    context = {
        "snapshot": newest,
        "snapshots": reply.snapshots.order_by("-number"),
        "afterwards": prose(words_in(reply.call.afterwards, standing.language)),
        "goal": prose(words_in(reply.call.goal, standing.language)),
    }
    return reply_page(request, "web/reply/sent.html", standing, context)


@allow(Capability.REPLY_TO_CALLS)
@require_safe
def snapshot(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """The answers as they were sent once; nobody changes them any more."""
    reply = readable(request, key)
    found = reply.snapshots.filter(number=number).first()
    if found is None:
        raise Http404
    standing = Standing(reply, writer_of(request), arrived_at(request))
    context = {
        "snapshot": found,
        "chapters": chapters(
            definition_of(found.version_id),
            found.answers,
            standing.facts,
            language=standing.language,
            written_in=reply.language,
            unanswered=False,
        ),
        "heading": Words(_("As sent, number %(n)s") % {"n": found.number}, ""),
    }
    return reply_page(request, "web/reply/snapshot.html", standing, context)
