"""How often: ``limited`` for a view.

::

    @allow(Capability.READ)
    @limited("suggestion", most=10, every=dt.timedelta(hours=1))
    def suggest(request): ...

Forms alone are counted, never a look at a page: nobody is refused at a first visit.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from stocktaking.guards.operations import TooMany, take
from stocktaking.guards.rules.networks import client_address, networks
from stocktaking.web.access import person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.guard.answers import too_many

View = Callable[..., HttpResponseBase]
By = Literal["person", "network"]
HOUR = dt.timedelta(hours=1)
LOOKS = ("GET", "HEAD", "OPTIONS")
# a campus or a mobile operator puts many people into one wide network
WIDE_SHARE = 5


def limited(
    scope: str, *, most: int, every: dt.timedelta, by: By = "person"
) -> Callable[[View], View]:
    """Let ``most`` forms through in ``every``; what comes sooner is answered 429.

    ``by`` is whose they are: the person's who is signed in, and of a visitor the network's; or
    always the network's. A TooMany that the view or an operation raises is answered alike.
    Stands under ``allow``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def paced(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                if request.method not in LOOKS:
                    count(request, scope, most=most, every=every, by=by)
                return view(request, *args, **kwargs)
            except TooMany as error:
                return too_many(request, retry_after=error.retry_after)

        return paced

    return decorate


def count(
    request: HttpRequest, scope: str, *, most: int, every: dt.timedelta, by: By = "person"
) -> None:
    """Use one act of whoever sent the request; TooMany where none is left."""
    at = arrived_at(request)
    for key, share in _keys(request, by):
        take(scope=scope, key=key, most=most * share, every=every, at=at)


def _keys(request: HttpRequest, by: By) -> Iterator[tuple[str, int]]:
    """Whose pace it is, and how many times the usual one they have."""
    person = person_of(request) if by == "person" else None
    if person is not None:
        yield f"person {person.pk}", 1
        return
    found = networks(address_of(request))
    if found is None:
        yield "no address", WIDE_SHARE
        return
    yield found.narrow, 1
    yield found.wide, WIDE_SHARE


def address_of(request: HttpRequest) -> str:
    """The client's address, as far as our own proxies vouch for it."""
    return client_address(
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        request.META.get("REMOTE_ADDR", ""),
        settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    )
