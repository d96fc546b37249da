"""A door whose clock the test sets: requests arrive when the header ``X-Arrived`` says."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

STAMP = "stocktaking.web.arrival.stamp"
HERE = f"{__name__}.stamp"


def stamp(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        request.arrived_at = dt.datetime.fromisoformat(request.headers["X-Arrived"])  # type: ignore[attr-defined]
        return get_response(request)

    return answer
