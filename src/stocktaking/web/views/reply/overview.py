"""One reply at a glance: what is missing, who writes it, what was said, what comes next."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.permissions import is_author, is_lead
from stocktaking.calls.states import ReplyState, may_move
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.threads.operations import say
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.views.reply.found import authored, readable, writer_of
from stocktaking.web.views.reply.frame import reply_page, status_of
from stocktaking.web.views.reply.standing import ABOUT, Standing
from stocktaking.web.views.staff.once import key_for, once


@allow(Capability.REPLY_TO_CALLS)
@require_safe
def overview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, key)


def _page(
    request: HttpRequest, key: uuid.UUID, *, refusal: RuleBroken | None = None, status: int = 200
) -> HttpResponse:
    reply = readable(request, key)
    person = writer_of(request)
    standing = Standing(reply, person, arrived_at(request))
    state = ReplyState(reply.state)
    steps = standing.steps() if standing.writable else []
    open_steps = [step for step in steps if step.problems]
    context = {
        "authors": reply.authors.select_related("person").order_by("since", "pk"),
        "mine": is_author(person, reply),
        "leading": is_lead(person, reply),
        "missing": len(standing.faults) if standing.writable else 0,
        "go_on": open_steps[0].code if open_steps else "",
        "talk": talk_of(standing),
        "snapshots": reply.snapshots.order_by("-number"),
        "withdrawable": may_move(state, ReplyState.WITHDRAWN),
        "refusal": refusal,
        "typed": request.POST.get("text", ""),  # of a message that was refused
        "typed_at": request.POST.get("place", "") if refusal else None,
        "idempotency_key": key_for(request),
    }
    return reply_page(request, "web/reply/overview.html", standing, context, status=status)


def talk_of(standing: Standing) -> list[dict[str, object]]:
    """The conversations with the names of what they are about, open ones first."""
    rows = []
    for place, threads in standing.threads.items():
        question = standing.definition.question(place)
        section = standing.definition.section_of(place)
        rows += [
            {
                "thread": thread,
                "place": place,
                "label": pick(question.label, standing.language) if question else "",
                "section": section.code if section else "",
            }
            for thread in threads
        ]
    return sorted(rows, key=lambda row: not row["thread"].open)  # type: ignore[attr-defined]


@allow(Capability.REPLY_TO_CALLS)
@require_POST
def speak(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """An author answers what the secretariat said, or asks something."""
    reply = authored(request, key)
    by, text = writer_of(request), request.POST.get("text", "")
    place = request.POST.get("place", "")
    if place and Standing(reply, by, clock.now()).definition.question(place) is None:
        raise Http404
    try:
        once(
            request,
            scope="reply_speak",
            content=(reply.pk, place, text),
            at=clock.now(),
            make=lambda: {
                "comment": say(
                    about_type=ABOUT,
                    about_id=str(reply.pk),
                    place=place,
                    text=text,
                    language=languages.current().code,
                    by=by,
                    at=clock.now(),
                ).pk
            },
        )
    except RuleBroken as error:
        return _page(request, key, refusal=error, status=status_of(error))
    return redirect("reply", key)


@allow(Capability.REPLY_TO_CALLS)
@require_safe
def data(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """All of one's own reply as a file: what stands there now and each time it was sent."""
    reply = authored(request, key)
    definition = Standing(reply, writer_of(request), clock.now()).definition
    content = {
        "number": reply.number,
        "call": reply.call.slug,
        "state": reply.state,
        "occasion": reply.occasion,
        "entry": reply.entry_id,
        "language": reply.language,
        "questionnaire": {"slug": definition.slug, "version": definition.number},
        "questions": {
            question.code: {"kind": str(question.kind), "label": dict(question.label)}
            for question in definition.questions()
        },
        "revision": reply.answer_set.revision,
        "changed_at": reply.answer_set.changed_at,
        "answers": reply.answer_set.answers,
        "sent": [
            {"number": one.number, "at": one.at, "sha256": one.sha256, "answers": one.answers}
            for one in reply.snapshots.order_by("number")
        ],
    }
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="reply-{reply.number}.json"'
    return answer
