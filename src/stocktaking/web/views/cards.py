"""Cards that other sites show beside a link."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.cards import Card, card_key, card_of_entry, card_of_site, kept_card

DAY = "public, max-age=86400"
SOON = "public, max-age=60"


@allow(Capability.READ)
@require_safe
def entry_card(request: HttpRequest, number: int) -> HttpResponseBase:
    """The card of a published entry, in the language of the address."""
    card = card_of_entry(number)
    if card is None:
        raise Http404
    return _picture(request, card)


@allow(Capability.READ)
@require_safe
def site_card(request: HttpRequest) -> HttpResponseBase:
    """The card of every page that has none of its own."""
    return _picture(request, card_of_site())


def _picture(request: HttpRequest, card: Card) -> HttpResponseBase:
    mark = f'"{card_key(card)}"'
    response = get_conditional_response(request, etag=mark)
    if response is None:
        kept = kept_card(card)
        response = HttpResponse(kept.content, content_type="image/png")
        if kept.stands_in:
            response["Cache-Control"] = SOON
            return response
    response["ETag"] = mark
    response["Cache-Control"] = DAY
    return response
