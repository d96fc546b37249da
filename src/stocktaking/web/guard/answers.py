"""What is answered to whoever comes too often."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow


@allow(Capability.READ)
def too_many(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """429: a page, or a problem document; ``Retry-After`` says when, in seconds."""
    if wants_json(request):
        problem = {
            "type": "about:blank",
            "status": 429,
            "code": "too_many",
            "title": _("Too many tries"),
            "detail": _("Wait a few minutes, then try again."),
            "retry_after": retry_after,
        }
        response: HttpResponse = JsonResponse(
            problem, status=429, content_type="application/problem+json"
        )
    else:
        context = {"noindex": True, "canonical": ""}
        response = render(request, "429.html", context, status=429)
    add_never_cache_headers(response)
    response["Retry-After"] = str(retry_after)
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which reads values and no pages."""
    said = (request.headers.get("Accept", ""), request.headers.get("Content-Type", ""))
    return any("json" in one.partition(",")[0] for one in said)
