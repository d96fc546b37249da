"""Pages that everybody sees alike: an ETag, 304 where nothing changed, and a kept rendering.

A page is a function of its address, the language in it, the day, the cookies for theme and text
only (or Save-Data), the data, the framework, the operator's style and settings and this build.
Whoever is signed in gets a page of their own, never kept.
"""

import gzip
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, overload

from django.conf import settings
from django.core.cache import caches
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from stocktaking.history.models import HistoryRecord
from stocktaking.kernel import languages
from stocktaking.reference.queries import catalogue
from stocktaking.search.queries import data_version
from stocktaking.web.access import View
from stocktaking.web.arrival import arrived_at
from stocktaking.web.context import text_only, theme_of
from stocktaking.web.crawling import is_deep
from stocktaking.web.style import operator_sheet

PACKAGE = Path(__file__).resolve().parents[1]
SOURCES = frozenset({".py", ".html", ".css", ".svg", ".mo", ".json"})
KEPT_FOR = 3600  # seconds; the name of what is kept changes with the data
KEPT_AT_MOST = 500_000  # bytes of one page
KEPT_HEADERS = ("Content-Type", "Access-Control-Allow-Origin")
LATE = 2000  # history records among which one that was committed late is noticed
Also = Callable[[HttpRequest], object]


@overload
def conditional(view: View) -> View: ...
@overload
def conditional(*, also: Also) -> Callable[[View], View]: ...
def conditional(
    view: View | None = None, *, also: Also | None = None
) -> View | Callable[[View], View]:
    """Answer 304, or from what is kept, where a visitor has seen this very page.

    ``also(request)`` names what else the page depends on: the day, the newest change.
    Goes below ``allow``.
    """

    def decorate(inner: View) -> View:
        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD") or is_known(request):
                return _private(inner(request, *args, **kwargs))
            mark = etag(request, also(request) if also else "")
            unchanged = get_conditional_response(request, etag=mark)
            if unchanged is not None:
                return _public(unchanged, mark)
            # a walk through all combinations must not push out what everybody reads
            store = caches["deep" if is_deep(request) else "pages"]
            kept = None if settings.DEBUG else store.get(mark)
            if kept is not None:
                return _public(_unpacked(request, *kept), mark)
            response = inner(request, *args, **kwargs)
            if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies:
                return _private(response)
            if (body := _worth_keeping(request, response)) is not None:
                packed = gzip.compress(body, 6, mtime=0)
                headers = {name: response[name] for name in KEPT_HEADERS if name in response}
                store.set(mark, (packed, headers), KEPT_FOR)
            return _public(response, mark)

        return answer

    return decorate(view) if view else decorate


def last_change(request: HttpRequest) -> tuple[int, int]:
    """What moves with every change to anything: the newest history records, told apart cheaply.

    The highest number alone would not do: on PostgreSQL a lower one may be committed later.
    """
    newest = HistoryRecord.objects.order_by("-id")[:LATE]
    found = newest.aggregate(highest=Max("id"), all=Sum("id"))
    return found["highest"] or 0, found["all"] or 0


def etag(request: HttpRequest, also: object = "") -> str:
    """The weak entity tag of a visitor's page; it names what is kept as well."""
    own = operator_sheet()
    parts = (
        request.get_full_path(),
        data_version(),
        catalogue().revision,
        languages.current().code,
        theme_of(request),
        text_only(request),
        arrived_at(request).date(),  # by which entries are fresh, and deadlines are over
        own.stamp if own else "",
        (settings.BASE_URL, settings.DEMO, settings.ORGANISER, settings.CONTACT),
        build(),
        also,
    )
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:20]}"'


def is_known(request: HttpRequest) -> bool:
    """Whether the request brings a session or a message waiting to be shown."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


@cache
def build() -> str:
    """A name for the code and the templates that run."""
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in SOURCES and path.is_file():
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _worth_keeping(request: HttpRequest, response: HttpResponseBase) -> bytes | None:
    if not isinstance(response, HttpResponse) or "Content-Disposition" in response:
        return None
    whole = request.method == "GET" and response.status_code == 200
    return response.content if whole and len(response.content) <= KEPT_AT_MOST else None


def _unpacked(request: HttpRequest, body: bytes, headers: dict[str, str]) -> HttpResponse:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if packed else gzip.decompress(body), headers=headers)
    if packed:
        response["Content-Encoding"] = "gzip"
    return response


def _public(response: HttpResponseBase, mark: str) -> HttpResponseBase:
    if response.status_code in (200, 304):
        response["ETag"] = mark
    patch_vary_headers(response, ["Cookie", "Accept-Encoding", "Save-Data"])
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, no_cache=True)
    return response


def _private(response: HttpResponseBase) -> HttpResponseBase:
    patch_vary_headers(response, ["Cookie", "Save-Data"])
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response
