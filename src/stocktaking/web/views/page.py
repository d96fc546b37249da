"""Texts of the site: about, method, privacy ..."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.pages import queries
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional, last_change

ORDER = ("about", "method", "licence", "privacy", "accessibility")


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A text in the language of the address, else in the next best one, marked as such."""
    found = queries.page(slug, languages.current().code)
    if found is None:
        raise Http404
    context = {"section": "about", "page": found, "pages": _listed(languages.current().code)}
    return render(request, "web/page.html", context)


def _listed(code: str) -> list[queries.PageRow]:
    """The pages to go to, those that every register has first."""
    first = {slug: place for place, slug in enumerate(ORDER)}
    return sorted(queries.page_rows(code), key=lambda row: (first.get(row.slug, 99), row.title))
