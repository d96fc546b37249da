"""What machines that walk through everything are told, and when they are slowed down.

One rule for both: an address with words, or with three parameters or more, is *deep*. There are
more of them than anybody can read; robots.txt asks crawlers to leave them out, and a visitor's
network sees so many different ones a minute, then 429. A crawler that keeps to robots.txt is
never counted, nor is anybody who is signed in, in a private network or without an address, nor
the same page looked at again.
"""

import datetime as dt
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote_plus, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from stocktaking.guards.operations import TooMany, wander
from stocktaking.guards.rules.networks import is_inside, networks
from stocktaking.search.rules.parameters import tidy
from stocktaking.web.arrival import arrived_at
from stocktaking.web.context import in_language, visitor
from stocktaking.web.guard.answers import too_many
from stocktaking.web.guard.limits import WIDE_SHARE, address_of

Answer = Callable[[HttpRequest], HttpResponseBase]

MINUTE = dt.timedelta(minutes=1)
PARAMETERS = 3  # and more make an address deep
WORDS = "q"  # the parameter that holds them
ENTRANCE = (
    *("account", "staff", "desk", "replies", "uploads", "mail"),
    *("claims", "confirm", "follow", "invitations"),
)
# what else only leads to forms: each address a page of its own that no search engine needs
FORMS = ("suggestion", "report", "contact", "claim", "follow")


def slow_down(get_response: Answer) -> Answer:
    """Middleware, under the one that knows who is signed in."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        most = settings.DEEP_PAGES_PER_MINUTE
        if most < 1 or request.method not in ("GET", "HEAD") or not is_deep(request):
            return get_response(request)
        if visitor(request) is not None:
            return get_response(request)
        try:
            _count(request, most)
        except TooMany as error:
            return too_many(request, retry_after=error.retry_after)
        return get_response(request)

    return answer


def is_deep(request: HttpRequest) -> bool:
    """Whether robots.txt asks to leave the address out for its parameters."""
    query = request.META.get("QUERY_STRING", "")
    if not query or not in_language(request.path):
        return False
    if query.count("&") >= PARAMETERS - 1:
        return True
    # a name written in another way is still that of the words, for the list reads it so
    parts = (pair.partition("=") for pair in query.split("&"))
    return any(tidy(unquote_plus(name)) == WORDS for name, said, _value in parts if said)


def robots_txt(base_url: str) -> str:
    """Everything public may be read, but for forms and for combinations without end."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: /*/{name}/" for name in ENTRANCE]
    lines += [f"Disallow: /*/entries/*/{name}/" for name in FORMS]
    # a third parameter follows a second "&"
    lines += ["Disallow: /*/*?q=", "Disallow: /*/*?*&q=", "Disallow: /*/*?*&*&"]
    lines += ["Disallow: /qr."]
    lines += ["Crawl-delay: 1", f"Sitemap: {base_url}/sitemap.xml"]
    return "\n".join(lines) + "\n"


def _count(request: HttpRequest, most: int) -> None:
    address = address_of(request)
    found = networks(address)
    if found is None or is_inside(address):
        return
    query = parse_qsl(request.META["QUERY_STRING"], encoding="utf-8", errors="replace")
    # the same question in another order is the same page
    what = f"{request.path}?{urlencode(sorted(query), errors='replace')}"
    keys = ((found.narrow, most), (found.wide, most * WIDE_SHARE))
    wander(scope="deep", keys=keys, what=what, every=MINUTE, at=arrived_at(request))
