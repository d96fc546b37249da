"""What machines ask: is it alive, is it ready, what may be crawled."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import Error, connection
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.views.decorators.http import require_safe

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.queries import call_lists
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import collections
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.pages.queries import page_rows
from stocktaking.search import queries as search
from stocktaking.search.rules.values import Query
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional, last_change
from stocktaking.web.crawling import robots_txt

logger = logging.getLogger(__name__)

CHUNK = 2000  # entries of one sitemap; six languages of each make 12 000 links
PAGES = (
    *("home", "explore", "matrix", "trends", "map"),
    *("organisations", "collections", "calls"),
)
THEMES = ("subjects", "places")  # of trends
XML = "application/xml; charset=utf-8"
Address = tuple[str, str]  # address below the language, day of the last change or empty


@allow(Capability.READ)
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _bare(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))


@allow(Capability.READ)
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where database and index answer, else 503; the log has the reason, the body a word."""
    found = {"database": _answers(_ask_database), "index": _answers(_ask_index)}
    status = 200 if all(found.values()) else 503
    words = {part: "ok" if fine else "failed" for part, fine in found.items()}
    return _bare(JsonResponse(words, status=status))


@allow(Capability.READ)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; accounts, the desk and endless filters need not be."""
    body = robots_txt(settings.BASE_URL)
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of each language: one of pages, and entries in chunks."""
    chunks = -(-_published().count() // CHUNK)
    names = [("pages", 1), ("organisations", 1), *(("entries", n + 1) for n in range(chunks))]
    addresses = (
        reverse("sitemap", args=[code, section, number])
        for code in languages.CODES
        for section, number in names
    )
    body = "".join(f"<sitemap><loc>{_absolute(path)}</loc></sitemap>" for path in addresses)
    return HttpResponse(_document("sitemapindex", body), content_type=XML)


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def sitemap(request: HttpRequest, code: str, section: str, number: str) -> HttpResponse:
    """One sitemap, each address with its versions in the other languages."""
    with translation.override(languages.BY_CODE[code].django):
        found = list(_addresses(section, int(number), arrived_at(request)))
    if not found:
        raise Http404
    body = "".join(_url(code, path, day) for path, day in found)
    return HttpResponse(_document("urlset", body), content_type=XML)


@allow(Capability.READ)
@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """For readers that ask without being told; pages name the sign themselves."""
    found = finders.find("kernel/mark.svg")
    if found is None:
        raise Http404
    response = FileResponse(open(found, "rb"), content_type="image/svg+xml")  # noqa: SIM115
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _bare(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever it is, this node must not get requests
        logger.exception("not ready")
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if cursor.fetchone() != (1,):
            raise Error("the database answered something else")


def _ask_index() -> None:
    if "index_building" in search.answer(Query(size=1)).problems:
        raise LookupError("the index is not built yet")


def _published() -> QuerySet[Entry]:
    return Entry.objects.filter(state=EntryState.PUBLISHED)


def _addresses(section: str, number: int, at: dt.datetime) -> Iterator[Address]:
    here = languages.current().code
    if section == "pages" and number == 1:
        for name in PAGES:
            yield reverse(name), ""
        for name in THEMES:
            yield reverse("trends_theme", args=[name]), ""
        for collection in collections(here):
            yield reverse("collection", args=[collection.slug]), ""
        lists = call_lists(at)
        for call in (*lists.open, *lists.coming, *lists.closed):
            yield reverse("call", args=[call.slug]), ""
        for row in page_rows(here):
            yield reverse("page", args=[row.slug]), ""
    elif section == "organisations" and number == 1:
        known = Organisation.objects.filter(
            merged_into=None, unknown=False, entries__state=EntryState.PUBLISHED
        )
        for key, slug in known.distinct().order_by("number").values_list("number", "slug"):
            yield reverse("organisation", args=[key, slug]), ""
    elif section == "entries":
        rows = _published().order_by("number").values_list("number", "slug", "changed_at")
        for key, slug, changed in rows[(number - 1) * CHUNK : number * CHUNK]:
            yield reverse("entry", args=[key, slug]), changed.date().isoformat()


def _url(code: str, path: str, day: str) -> str:
    rest = path.split("/", 2)[2]
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href="{_absolute(f"/{other}/{rest}")}"/>'
        for other in languages.CODES
    )
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{_absolute(path)}</loc>{changed}{others}</url>"


def _absolute(path: str) -> str:
    return escape(settings.BASE_URL + path)


def _document(root: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">{body}</{root}>\n'
    )
