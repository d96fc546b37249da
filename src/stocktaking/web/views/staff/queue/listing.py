"""The list of replies, and what can be done with several of them at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.states import ReplyState
from stocktaking.intake import operations
from stocktaking.intake.permissions import can_moderate
from stocktaking.intake.queries.choices import calls_asked, checks_offered, countries_sent, regions
from stocktaking.intake.queries.queue import QueueList, queue
from stocktaking.intake.queries.review import moderators
from stocktaking.kernel import charts, clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.base import LANGUAGE_CHOICES
from stocktaking.web.forms.queue import AcceptForm, AssignForm, ReasonForm
from stocktaking.web.views.staff.frame import REFUSED, desk_page
from stocktaking.web.views.staff.once import key_for, once
from stocktaking.web.views.staff.queue.asking import SIZE, Asked, asked_before, asked_in

HERE = "staff_queue"
TABS = [
    (ReplyState.SUBMITTED, gettext_lazy("Waiting")),
    (ReplyState.RETURNED, gettext_lazy("Returned")),
    (ReplyState.ACCEPTED, gettext_lazy("Accepted")),
    (ReplyState.DECLINED, gettext_lazy("Declined")),
    (ReplyState.WITHDRAWN, gettext_lazy("Taken back")),
]
AGES = (7, 14, 30, 60)


@allow(Capability.SEE_QUEUE)
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    return _page(request, asked_in(request.GET))


def _page(
    request: HttpRequest,
    asked: Asked,
    *,
    forms: dict[str, Any] | None = None,
    chosen: tuple[int, ...] = (),
    problems: list[Any] | None = None,
) -> HttpResponse:
    person, at = person_of(request), clock.now()
    found = queue(asked.ask, person=person, at=at, page=asked.page, size=SIZE)
    deciding = can_moderate(person)
    context: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "ask": asked.ask,
        "tabs": _tabs(asked, found),
        "deciding": deciding,
        "chosen": chosen,
        "problems": problems or [],
        "links": [(row, asked.reply_url(row.number)) for row in found.rows],
        "calls": calls_asked(languages.current().code),
        "languages_offered": LANGUAGE_CHOICES,
        "regions": regions(languages.current().code),
        "countries": countries_sent(languages.current().code),
        "checks": checks_offered(languages.current().code),
        "ages": AGES,
        "pager": Pager.of(page=asked.page, total=found.total, size=SIZE, url=asked.url),
        "list_query": asked.query(page=asked.page),
    }
    people = moderators()
    context["people"] = people
    if deciding:
        context |= forms or _forms(None, people)
        context["idempotency_key"] = key_for(request)
    status = REFUSED if problems else 200
    return desk_page(request, "web/staff/queue/list.html", HERE, context, status=status)


def _tabs(asked: Asked, found: QueueList) -> list[tuple[Any, str, bool, int]]:
    return [
        (label, asked.url(state=state), state == asked.ask.state, found.counts[state])
        for state, label in TABS
    ]


def _forms(data: Any, people: list[Person]) -> dict[str, Any]:
    return {
        "accept_form": AcceptForm(data),
        "reason_form": ReasonForm(data),
        "assign_form": AssignForm(data, moderators=people),
    }


@allow(Capability.MODERATE_REPLIES)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """One act on the replies that were ticked; each gets its own verdict."""
    asked = asked_before(request.POST.get("list", ""))
    numbers = _numbers(request)
    act = request.POST.get("act", "")
    people = moderators()
    forms = _forms(request.POST, people)
    form = forms[{"accept": "accept_form", "return": "reason_form"}.get(act, "assign_form")]
    problems = [] if form.is_valid() else list(form.problems())
    if not problems:
        try:
            verdicts = _do(request, act, numbers, form)
        except RuleBroken as error:
            form.add_rule(error)
            problems = list(form.problems())
        else:
            _tell(request, verdicts)
            return redirect(asked.url(asked.page))
    return _page(request, asked, forms=forms, chosen=numbers, problems=problems)


def _do(
    request: HttpRequest, act: str, numbers: tuple[int, ...], form: Any
) -> list[tuple[int, str]]:
    by, at = person_of(request), clock.now()
    acts: dict[str, Callable[[int], Any]] = {
        "assign": lambda number: operations.assign_reply(
            number=number, to=form.people.get(form.cleaned_data["to"]), by=by, at=at
        ),
        "accept": lambda number: operations.accept(
            number=number,
            publish_at=form.when,
            override=form.cleaned_data["override"],
            by=by,
            at=at,
        ),
        "return": lambda number: operations.return_with_comments(
            number=number,
            reason=form.cleaned_data["reason"],
            language=languages.current().code,
            by=by,
            at=at,
        ),
    }
    answer = once(
        request,
        scope="staff_queue_many",
        content=(act, numbers, sorted(form.cleaned_data.items(), key=str)),
        at=at,
        make=lambda: {
            "verdicts": [
                [verdict.number, verdict.refusal]
                for verdict in operations.each(numbers, acts.get(act, acts["assign"]))
            ]
        },
    )
    return [(number, refusal) for number, refusal in answer["verdicts"]]


def _tell(request: HttpRequest, verdicts: list[tuple[int, str]]) -> None:
    done = sum(1 for _number, refusal in verdicts if not refusal)
    if done:
        messages.success(
            request,
            ngettext("%(n)s reply: done.", "%(n)s replies: done.", done)
            % {"n": charts.figure(done)},
        )
    for number, refusal in verdicts:
        if refusal:
            messages.error(
                request,
                _("Reply %(number)s: %(reason)s") % {"number": number, "reason": refusal},
            )


def _numbers(request: HttpRequest) -> tuple[int, ...]:
    typed = request.POST.getlist("reply")[:1000]
    return tuple(int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 16)
