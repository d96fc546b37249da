"""Pages for frames of other sites: an entry and a list."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import cards, entry_page
from stocktaking.entries.queries.moment import last_changed
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.search.queries import answer
from stocktaking.web import facets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.chips import chips
from stocktaking.web.framing import framable, framed_in, nothing
from stocktaking.web.views.explore import BUILDING, public

ROWS = 4  # of a list in a frame


def changed(request: HttpRequest) -> object:
    """When the entry of the address last changed: one withdrawn a moment ago is gone at once."""
    match = request.resolver_match
    return last_changed(match.kwargs["number"]) if match else None


@allow(Capability.READ)
@require_safe
@framable
@conditional(also=changed)
def entry(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """An entry in a frame: title, owner, places, beginning of the summary, its weave."""
    found = cards([number], languages.current().code)
    if not found or found[0].state not in (EntryState.PUBLISHED, EntryState.WITHDRAWN):
        return nothing(request, 404)
    card = found[0]
    if card.state == EntryState.WITHDRAWN:
        return _moved(request, number) or nothing(request, 410)
    address = reverse("entry", args=[number, card.slug])
    context = framed_in(request, card=card, target=address)
    return render(request, "web/embed/entry.html", context)


@allow(Capability.READ)
@require_safe
@framable
@conditional
def entries(request: HttpRequest) -> HttpResponse:
    """The first entries of a list in a frame, and the way to all of them."""
    known = facets.filters(request)
    question = facets.read(request, known).on_page(1).in_view("list")
    found = answer(replace(question.query, size=ROWS))
    if BUILDING in found.problems:
        return nothing(request, 503)
    base = reverse("explore")
    shown = public(cards([int(hit.key) for hit in found.hits], languages.current().code))
    context = framed_in(
        request,
        rows=shown,
        total=found.total,
        chips=chips(question, base, known),
        words=question.query.text,
        target=question.address(base),
    )
    return render(request, "web/embed/list.html", context)


def _moved(request: HttpRequest, number: int) -> HttpResponse | None:
    """The way to the entry that took over from a merged one."""
    page = entry_page(number, languages.current().code)
    if page is None or page.merged_into is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    address = reverse("embed_entry", args=[page.merged_into, ""])
    return redirect(f"{address}?{query}" if query else address, permanent=True)
