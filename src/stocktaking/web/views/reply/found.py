"""The reply that an address names, for whom it is; for everybody else there is none."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.permissions import can_read, can_write, is_author, is_lead
from stocktaking.calls.states import CallState
from stocktaking.web.access import has_second_factor, person_of


def writer_of(request: HttpRequest) -> Person:
    """Who is signed in; the views let nobody else in."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person


def readable(request: HttpRequest, key: uuid.UUID) -> Reply:
    """One's own, or to staff who have taken the second step, one that was sent."""
    person, as_staff = person_of(request), has_second_factor(request)
    return _found(
        key, lambda reply: is_author(person, reply) or (as_staff and can_read(person, reply))
    )


def authored(request: HttpRequest, key: uuid.UUID) -> Reply:
    """One of the person's own, in whatever state."""
    return _found(key, lambda reply: is_author(person_of(request), reply))


def writable(request: HttpRequest, key: uuid.UUID) -> Reply:
    return _found(key, lambda reply: can_write(person_of(request), reply))


def led(request: HttpRequest, key: uuid.UUID) -> Reply:
    return _found(key, lambda reply: is_lead(person_of(request), reply))


def _found(key: uuid.UUID, may: Callable[[Reply], bool]) -> Reply:
    rows = Reply.objects.select_related("call", "answer_set", "entry", "organisation")
    reply = rows.filter(key=key).first()
    if reply is None or not may(reply):
        raise Http404
    return reply


def shown_call(slug: str) -> Call:
    """A call that is published, also one that has closed or was cancelled since."""
    call = Call.objects.filter(slug=slug).exclude(state=CallState.DRAFT).first()
    if call is None:
        raise Http404
    return call
