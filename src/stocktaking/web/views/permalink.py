"""The address of an entry for ever: ``/e/<number>``, in whatever language and form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.views.entry import found, machine_form

# what a client may prefer, and the form it gets; the first is for people
OFFERED = {
    "text/html": "",
    "application/json": "json",
    "application/ld+json": "jsonld",
}


@allow(Capability.READ)
@require_safe
def permalink(request: HttpRequest, number: int, form: str = "") -> HttpResponse:
    """Lead people to the page in their language; give machines what they accept."""
    page = found(request, number)
    if isinstance(page, HttpResponse):
        response = page
    elif chosen := form or OFFERED[request.get_preferred_type(list(OFFERED)) or "text/html"]:
        response = machine_form(page, chosen)
    else:
        response = redirect("entry", number, page.card.slug)
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    if "Content-Language" not in response:
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return response
