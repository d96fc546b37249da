"""When a request arrived, by the database's clock: what deadlines are judged by."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from stocktaking.kernel import clock

Answer = Callable[[HttpRequest], HttpResponseBase]


def stamp(get_response: Answer) -> Answer:
    """Middleware, the first of all: nothing has read the body yet, however slowly it comes."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.stamped_at = clock.stamp()  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def arrived_at(request: HttpRequest) -> dt.datetime:
    """The moment of arrival; of a request that did not pass the middleware, now."""
    found: dt.datetime | None = getattr(request, "arrived_at", None)
    if found is None:
        stamped: dt.datetime | None = getattr(request, "stamped_at", None)
        found = clock.corrected(stamped) if stamped else clock.now()
        request.arrived_at = found  # type: ignore[attr-defined]
    return found
