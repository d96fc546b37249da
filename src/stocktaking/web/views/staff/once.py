"""A form sent twice (a torn connection, a double click) creates one thing."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from stocktaking.history import operations as history
from stocktaking.web.access import person_of

FIELD = "idempotency_key"


def key_for(request: HttpRequest) -> str:
    """The key to put into the form: the one it was sent with, or a new one."""
    return request.POST.get(FIELD, "") or uuid.uuid4().hex


def once(
    request: HttpRequest,
    *,
    scope: str,
    content: Any,
    make: Callable[[], dict[str, Any]],
    at: dt.datetime,
) -> dict[str, Any]:
    """What ``make`` answers, or what it answered when the same form came before.

    ``content`` is what was asked; the same key with other content is refused.
    """
    with history.once(
        key=key_for(request),
        actor=person_of(request),
        scope=scope,
        fingerprint=repr(content),
        at=at,
    ) as claim:
        if claim.replayed:
            return dict(claim.answer or {})
        answer = make()
        claim.keep(answer)
        return answer
