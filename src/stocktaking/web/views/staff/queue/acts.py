"""The acts on one reply. Each goes on to the next reply of the list, or stays."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake import operations
from stocktaking.intake.models import Likeness
from stocktaking.intake.queries.queue import neighbour
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.threads.models import Thread
from stocktaking.threads.operations import reopen, resolve
from stocktaking.web.access import allow, person_of
from stocktaking.web.views.staff.frame import based_on
from stocktaking.web.views.staff.once import once
from stocktaking.web.views.staff.queue.asking import Asked, asked_before
from stocktaking.web.views.staff.queue.review import (
    ABOUT,
    forms_of,
    found_or_404,
    refused_page,
    show,
)

Do = Callable[[HttpRequest, int, Any], None]
# what a moderator is told, and whether the work goes on with the next reply
DONE: dict[str, tuple[Any, bool]] = {
    "accept": (gettext_lazy("Reply %(number)s is accepted."), True),
    "return": (gettext_lazy("Reply %(number)s is returned to its authors."), True),
    "decline": (gettext_lazy("Reply %(number)s is declined."), True),
    "assign": (gettext_lazy("Reply %(number)s: assigned."), False),
    "comment": (gettext_lazy("The authors can read your comments."), False),
    "take_up": (gettext_lazy("Reply %(number)s waits in the queue again."), False),
    "publish": (gettext_lazy("Reply %(number)s: everybody can read the entry now."), False),
}
FORMS = {
    "accept": "accept_form",
    "return": "comments_form",
    "comment": "comments_form",
    "decline": "decline_form",
    "assign": "assign_form",
}


@allow(Capability.MODERATE_REPLIES)
@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    asked = asked_before(request.POST.get("list", ""))
    name = request.POST.get("act", "")
    found = found_or_404(number)
    if name not in DONE:
        return show(request, found, asked)
    form_name = FORMS.get(name, "assign_form")
    form = forms_of(found, request.POST)[form_name]
    if not form.is_valid():
        return refused_page(request, number, asked, form_name, form)
    at = clock.now()
    try:
        once(
            request,
            scope=f"staff_reply_{name}",
            content=(number, based_on(request), sorted(form.cleaned_data.items(), key=str)),
            at=at,
            make=lambda: _done(_ACTS[name], request, number, form),
        )
    except StaleVersion as error:
        form.add_rule(error)
        return refused_page(request, number, asked, form_name, form, stale=True)
    except RuleBroken as error:
        form.add_rule(error)
        return refused_page(request, number, asked, form_name, form)
    told, goes_on = DONE[name]
    messages.success(request, str(told) % {"number": number})
    return redirect(_after(request, number, asked) if goes_on else asked.reply_url(number))


def _done(do: Do, request: HttpRequest, number: int, form: Any) -> dict[str, Any]:
    do(request, number, form)
    return {"done": True}


def _after(request: HttpRequest, number: int, asked: Asked) -> str:
    """The next reply of the list that somebody works through, or the list at its end."""
    after = neighbour(number, asked.ask, person=person_of(request), at=clock.now())
    return asked.reply_url(after) if after else asked.url()


def _accept(request: HttpRequest, number: int, form: Any) -> None:
    operations.accept(
        number=number,
        publish_at=form.when,
        override=form.cleaned_data["override"],
        based_on=based_on(request),
        by=person_of(request),
        at=clock.now(),
    )


def _return(request: HttpRequest, number: int, form: Any) -> None:
    operations.return_with_comments(
        number=number,
        reason=form.cleaned_data["reason"],
        comments=form.comments(),
        language=languages.current().code,
        based_on=based_on(request),
        by=person_of(request),
        at=clock.now(),
    )


def _comment(request: HttpRequest, number: int, form: Any) -> None:
    whole = form.cleaned_data["reason"]
    operations.comment_many(
        number=number,
        comments={**({"": whole} if whole.strip() else {}), **form.comments()},
        language=languages.current().code,
        by=person_of(request),
        at=clock.now(),
    )


def _decline(request: HttpRequest, number: int, form: Any) -> None:
    operations.decline(
        number=number,
        reason=form.cleaned_data["reason"],
        based_on=based_on(request),
        by=person_of(request),
        at=clock.now(),
    )


def _assign(request: HttpRequest, number: int, form: Any) -> None:
    operations.assign_reply(
        number=number,
        to=form.people.get(form.cleaned_data["to"]),
        based_on=based_on(request),
        by=person_of(request),
        at=clock.now(),
    )


def _take_up(request: HttpRequest, number: int, form: Any) -> None:
    operations.take_up(
        number=number, based_on=based_on(request), by=person_of(request), at=clock.now()
    )


def _publish(request: HttpRequest, number: int, form: Any) -> None:
    operations.publish_now(number=number, by=person_of(request), at=clock.now())


_ACTS: dict[str, Do] = {
    "accept": _accept,
    "return": _return,
    "comment": _comment,
    "decline": _decline,
    "assign": _assign,
    "take_up": _take_up,
    "publish": _publish,
}


@allow(Capability.MODERATE_REPLIES)
@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """A conversation about this reply is settled, or open again."""
    found_or_404(number)
    typed = request.POST.get("thread", "")
    thread = Thread.objects.filter(
        pk=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0,
        about_type=ABOUT,
        about_id=str(number),
    ).first()
    if thread is not None:
        change = reopen if thread.resolved_at else resolve
        change(thread_id=thread.pk, by=person_of(request), at=clock.now())
    return redirect(_back(request, number))


@allow(Capability.MODERATE_REPLIES)
@require_POST
def dismiss(request: HttpRequest, number: int, likeness: int) -> HttpResponse:
    """It is another project than the entry that it resembles."""
    found_or_404(number)
    if Likeness.objects.filter(pk=likeness, reply=number).exists():
        operations.dismiss_likeness(likeness_id=likeness, by=person_of(request), at=clock.now())
        messages.success(request, _("Noted. It is not asked again."))
    return redirect(_back(request, number))


def _back(request: HttpRequest, number: int) -> str:
    query = asked_before(request.POST.get("list", "")).query()
    return reverse("staff_reply", args=[number]) + (f"?{query}" if query else "")
