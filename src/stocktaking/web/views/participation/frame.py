"""What the pages of participation share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stocktaking.accounts.models import Person
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.web.access import person_of
from stocktaking.web.views.staff.once import key_for

REFUSED = 422


def public_card(number: int) -> EntryCard:
    """A published entry in the reader's language, or 404."""
    found = cards([number], languages.current().code)
    if not found or found[0].state != EntryState.PUBLISHED:
        raise Http404
    return found[0]


def signed_in(request: HttpRequest) -> Person:
    """The person of a request that ``allow`` has let in."""
    person = person_of(request)
    assert person is not None  # noqa: S101 - these capabilities are never given to a visitor
    return person


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {"section": "explore"} | context
    return unkept(request, f"web/participation/{template}", context, status)


def unkept(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """A page that nobody keeps and no search engine lists."""
    frame = {"noindex": True, "canonical": "", "idempotency_key": key_for(request)}
    response = render(request, template, frame | context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
