"""One reply: what it says, what helps to decide, and the acts on it.

An act that is refused shows the page again with everything that was typed; one that comes
second shows what was done meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.states import ReplyState
from stocktaking.entries.rules.differences import Piece, text_pieces
from stocktaking.intake.permissions import can_moderate
from stocktaking.intake.queries.queue import neighbour
from stocktaking.intake.queries.review import Review, acts_since, moderators, review
from stocktaking.kernel import clock, languages
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.questionnaires.states import QuestionKind
from stocktaking.threads.models import Thread
from stocktaking.threads.queries import ThreadView, threads_by_place
from stocktaking.web.access import allow, person_of
from stocktaking.web.answers import Chapter, Line, Said, chapters, said
from stocktaking.web.forms.queue import (
    COMMENT,
    AcceptForm,
    AssignForm,
    CommentsForm,
    DeclineForm,
)
from stocktaking.web.views.staff.frame import CONFLICT, REFUSED, based_on, desk_page
from stocktaking.web.views.staff.once import key_for
from stocktaking.web.views.staff.queue.asking import Asked, asked_in

HERE = "staff_queue"
ABOUT = "calls.reply"
WRITTEN = (QuestionKind.SHORT, QuestionKind.LONG)


@dataclass(frozen=True)
class Asking:
    """A question on the page: its answer, what stood there before, what was said about it."""

    line: Line
    was: Said | None
    pieces: tuple[Piece, ...]
    threads: tuple[ThreadView, ...]
    findings: tuple[tuple[str, str], ...]  # severity and message
    field: Any  # where a comment is written; None for those who do not moderate


@dataclass(frozen=True)
class Part:
    chapter: Chapter
    asked: tuple[Asking, ...]


@allow(Capability.SEE_QUEUE)
@require_safe
def reply(request: HttpRequest, number: int) -> HttpResponse:
    return show(request, found_or_404(number), asked_in(request.GET))


def found_or_404(number: int) -> Review:
    found = review(number, at=clock.now(), language=languages.current().code)
    if found is None:
        raise Http404
    return found


def show(
    request: HttpRequest,
    found: Review,
    asked: Asked,
    *,
    forms: Mapping[str, Any] | None = None,
    problems: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; ``forms`` are those that were sent and refused, by name."""
    person, at = person_of(request), clock.now()
    deciding = can_moderate(person)
    held = forms_of(found, None) | dict(forms or {}) if deciding else {}
    threads = threads_by_place(ABOUT, str(found.reply.pk), Thread.Audience.values)
    seen, lock = based_on(request), found.moderation.lock
    state = ReplyState(found.reply.state)
    context = {
        "found": found,
        "reply": found.reply,
        "moderation": found.moderation,
        "call_title": pick(found.reply.call.title, languages.current().code),
        "parts": _parts(found, threads, held.get("comments_form")),
        "whole": threads.get("", ()),
        "loose": _loose(found),
        "deciding": deciding,
        "waiting": state == ReplyState.SUBMITTED,
        "open": state in (ReplyState.SUBMITTED, ReplyState.RETURNED),
        "meanwhile": acts_since(found.reply, seen, lock) if status == CONFLICT else (),
        "based_on": lock if request.method != "POST" or status == CONFLICT else seen,
        "problems": problems or [],
        "next_number": neighbour(found.reply.pk, asked.ask, person=person, at=at),
        "asked": asked,
        "list_query": asked.query(),
        "idempotency_key": key_for(request),
        **held,
    }
    if context["next_number"]:
        context["next_url"] = asked.reply_url(context["next_number"])
    return desk_page(request, "web/staff/queue/reply.html", HERE, context, status=status)


def refused_page(
    request: HttpRequest, number: int, asked: Asked, name: str, form: Any, *, stale: bool = False
) -> HttpResponse:
    return show(
        request,
        found_or_404(number),
        asked,
        forms={name: form},
        problems=list(form.problems()),
        status=CONFLICT if stale else REFUSED,
    )


def forms_of(found: Review, data: Any) -> dict[str, Any]:
    """Every form of the page, by its name there."""
    people = moderators()
    assigned = found.moderation.assigned_to_id
    return {
        "accept_form": AcceptForm(data, prefix="accept"),
        "decline_form": DeclineForm(data, prefix="decline"),
        "comments_form": CommentsForm(data, codes=codes_of(found)),
        "assign_form": AssignForm(
            data, moderators=people, prefix="assign", initial={"to": assigned or ""}
        ),
    }


def codes_of(found: Review) -> list[str]:
    return [question.code for question in found.sent.definition.questions()]


def _parts(found: Review, threads: Mapping[str, tuple[ThreadView, ...]], form: Any) -> list[Part]:
    """The answers in reading order, each with all that belongs to it."""
    language = languages.current().code
    sections = chapters(
        found.sent.definition,
        found.sent.answers,
        found.facts,
        language=language,
        written_in=found.reply.language,
    )
    return [
        Part(
            chapter, tuple(_asking(line, found, threads, form, language) for line in chapter.lines)
        )
        for chapter in sections
    ]


def _asking(
    line: Line,
    found: Review,
    threads: Mapping[str, tuple[ThreadView, ...]],
    form: Any,
    language: str,
) -> Asking:
    was: Said | None = None
    pieces: tuple[Piece, ...] = ()
    question = found.sent.definition.question(line.code)
    if line.code in found.was and question is not None:
        before = found.was[line.code]
        if question.kind in WRITTEN:
            pieces = text_pieces(str(before or ""), str(found.sent.answers.get(line.code) or ""))
        else:
            was = said(question, before, found.sent.definition, language, found.reply.language)
    return Asking(
        line=line,
        was=was,
        pieces=pieces,
        threads=threads.get(line.code, ()),
        findings=tuple(
            (str(finding.severity), pick(finding.message, language))
            for finding in found.findings
            if finding.place == line.code
        ),
        field=form[f"{COMMENT}{line.code}"] if form is not None else None,
    )


def _loose(found: Review) -> list[tuple[str, str]]:
    """What checks found about the whole."""
    language = languages.current().code
    return [
        (str(finding.severity), pick(finding.message, language))
        for finding in found.findings
        if not finding.place
    ]
