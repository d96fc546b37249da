"""When a request arrived, by the database's clock: what deadlines are judged by."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from stocktaking.kernel import clock

Answer = Callable[[HttpRequest], HttpResponseBase]


def stamp(get_response: Answer) -> Answer:
    """Middleware, the first of all: nothing has read the body yet, however slowly it comes."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.arrived_at = clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def arrived_at(request: HttpRequest) -> dt.datetime:
    """The moment of arrival; of a request that did not pass the middleware, now."""
    return getattr(request, "arrived_at", None) or clock.now()
