"""Texts of the site: about, method, privacy ... and old addresses that lead to new ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.pages import queries
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional, last_change


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A text in the language of the address, else in the next best one, marked as such."""
    found = queries.page(slug, languages.current().code)
    if found is None:
        raise Http404
    context = {"section": "about" if slug == "about" else "", "page": found}
    return render(request, "web/page.html", context)
