"""Calls as everybody sees them: what is asked, until when, and where to reply."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call
from stocktaking.calls.queries import (
    CallPage,
    Told,
    allowed_until,
    call_lists,
    call_page,
    entries_to_confirm,
    replies_of,
    standing,
    tell,
    verdict_for,
)
from stocktaking.calls.rules.window import ACCEPTS, Verdict
from stocktaking.kernel import languages
from stocktaking.pages.rules.rendering import render as markdown
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional, is_known

MINE = 5  # replies of the reader named on the page of a call


def verdicts(request: HttpRequest) -> tuple[object, ...]:
    """A kept page of a call changes with the call, and when one opens, closes, or a day ends."""
    return standing(arrived_at(request))


@allow(Capability.READ)
@require_safe
@conditional(also=verdicts)
def calls(request: HttpRequest) -> HttpResponse:
    context = {"section": "calls", "lists": call_lists(arrived_at(request))}
    return render(request, "web/calls/list.html", context)


@allow(Capability.READ)
@require_safe
@conditional(also=verdicts)
def call(request: HttpRequest, slug: str) -> HttpResponse:
    found = call_page(slug, arrived_at(request))
    if found is None:
        raise Http404
    context = page_context(found) | _personal(request, slug)
    return render(request, "web/calls/call.html", context)


def page_context(found: CallPage) -> dict[str, object]:
    """What the page of a call shows to everybody, also to an organiser before it is published."""
    return {
        "section": "calls",
        "call": found,
        "introduction": markdown(found.introduction),
        "goal": markdown(found.goal),
        "afterwards": markdown(found.afterwards),
        "accepts": found.card.verdict is Verdict.OPEN,
    }


def _personal(request: HttpRequest, slug: str) -> dict[str, object]:
    """What concerns the reader alone. A visitor's page is kept for all and has none of it."""
    person = person_of(request) if is_known(request) else None
    if person is None:
        return {}
    row = Call.objects.get(slug=slug)
    at = arrived_at(request)
    mine = [one for one in replies_of(person) if one.call.pk == row.pk]
    return {
        "mine": mine[:MINE],
        "allowed": _allowed(row, person),
        "accepts": verdict_for(row, at, person) in ACCEPTS,
        "to_confirm": _to_confirm(row, person),
    }


def _allowed(row: Call, person: Person) -> Told | None:
    until = allowed_until(row, person)
    return tell(until, row) if until and until > row.closes_at else None


def _to_confirm(row: Call, person: Person) -> int:
    found = entries_to_confirm(row, person, languages.current().code)
    return sum(1 for one in found if one.open)
