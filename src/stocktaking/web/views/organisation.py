"""Organisations: the list, and the page of one with its entries and where they stand."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from stocktaking.accounts.queries import OrganisationView, organisation, organisations
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import of_organisation
from stocktaking.insight.queries import matrix, places
from stocktaking.insight.queries.partners import partners
from stocktaking.kernel import languages
from stocktaking.kernel.paging import Pager
from stocktaking.search.rules import parameters
from stocktaking.search.rules.values import Query
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional, last_change
from stocktaking.web.plates import explore_link
from stocktaking.web.views.home import region_bars

SIZE = 50
SHOWN = 20  # entries; the rest is a list of its own
WORDS_MAX = 200
PLACES_MIN = 2  # one country needs no map


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def page(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """One organisation. A wrong slug and a merged number lead to the present address."""
    found = organisation(number)
    if found is None:
        raise Http404
    if found.merged_into is not None:
        found = organisation(found.merged_into) or found
    if (found.number, found.slug) != (number, slug):
        return redirect(address(found), permanent=True)
    query = Query(filters={"organisation": (str(number),)}, sort="newest")
    counted, where = matrix(query), places(query)
    context = {
        "section": "organisations",
        "organisation": found,
        "cards": of_organisation(number, languages.current().code, limit=SHOWN),
        "total": where.total,
        "counts": counted.counts if counted else {},
        "places": where,
        "countries": [code for code, count in where.by_country.items() if count],
        "regions": region_bars(where),
        "with_map": len(where.by_country) >= PLACES_MIN,
        "list_url": explore_link(("organisation", str(number))),
        "noindex": found.unknown,
        # who is not stated is many, and works with nobody
        "partners": [] if found.unknown else partners(number),
    }
    return render(request, "web/organisation.html", context)


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def listing(request: HttpRequest) -> HttpResponse:
    """All organisations by name, or those whose name contains the words asked for."""
    words = parameters.tidy(request.GET.get("q", "")[: 4 * WORDS_MAX])[:WORDS_MAX]
    wanted = parameters.page(request.GET.get("page", "1")) or 1
    found, total = organisations(words, first=(wanted - 1) * SIZE, size=SIZE)
    pager = Pager.of(page=wanted, total=total, size=SIZE, url=lambda n: _list_address(words, n))
    context = {
        "section": "organisations",
        "organisations": found,
        "total": total,
        "words": words,
        "pager": pager,
        "canonical": _list_address(words, wanted),
        "noindex": bool(words),
        "beyond": wanted > pager.pages,
    }
    status = 404 if context["beyond"] else 200
    return render(request, "web/organisations.html", context, status=status)


def address(found: OrganisationView) -> str:
    return reverse("organisation", args=[found.number, found.slug])


def _list_address(words: str, page: int) -> str:
    pairs = [("page", str(page))] if page > 1 else []
    pairs += [("q", words)] if words else []
    base = reverse("organisations")
    return f"{base}?{urlencode(pairs)}" if pairs else base
