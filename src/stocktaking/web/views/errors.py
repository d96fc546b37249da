"""Pages for what went wrong. None of them may fail in turn: that of a failure asks no database."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import requires_csrf_token

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.kernel.assets import asset
from stocktaking.kernel.charts.mark import pattern
from stocktaking.pages.queries import page, redirect_for
from stocktaking.web.access import allow
from stocktaking.web.context import frame, in_language
from stocktaking.web.views.reply.kept import keep_refused

logger = logging.getLogger(__name__)

FOUR_O_FOUR = pattern(
    (
        "..x..x.xxx.x..x.",
        "..x..x.x.x.x..x.",
        "..xxxx.x.x.xxxx.",
        ".....x.x.x....x.",
        ".....x.xxx....x.",
    ),
    top=6,
)
FIVE_HUNDRED = pattern(
    ("xxx.xxx.xxx", "x...x.x.x.x", "xxx.x.x..x.", "..x.x.x.x.x", "xxx.xxx.xxx"), top=6, start=3
)


@allow(Capability.READ)
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, "web/errors/400.html", 400, {"status": "400"})


@allow(Capability.READ)
def too_large(request: HttpRequest, status: int = 413) -> HttpResponse:
    """For a body that is refused unread: above the limit, or of no stated length."""
    return _plain(request, "web/errors/400.html", status, {"status": str(status)})


@allow(Capability.READ)
@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _shown(request, "web/errors/403.html", 403)


@allow(Capability.READ)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that lost its protection: an old page, or one from elsewhere. The text of a reply
    is put aside and shown on a fresh page; nothing is saved by that."""
    if keep_refused(request):
        return redirect(request.path)
    return _shown(request, "web/errors/403_csrf.html", 403)


@allow(Capability.READ)
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Before saying so: an old address that was moved, or one that only lacks its language."""
    rest = _without_language(request.path_info)
    # PostgreSQL has no NUL in texts, so that no row can have such an address
    if request.method in ("GET", "HEAD") and "\0" not in rest:
        if target := redirect_for(rest):
            return redirect(_in_this_language(target), permanent=True)
        if not in_language(request.path_info) and _is_page(_in_this_language(rest)):
            return redirect(_in_this_language(rest) + _query(request))
    return _shown(request, "web/errors/404.html", 404, {"squares": FOUR_O_FOUR})


@allow(Capability.READ)
def gone(request: HttpRequest) -> HttpResponse:
    """For what was here and was withdrawn, where there is no tombstone of its own."""
    return _shown(request, "web/errors/410.html", 410)


@allow(Capability.READ)
def server_error(request: HttpRequest) -> HttpResponse:
    code = secrets.token_hex(4)
    logger.error("failure %s at %s", code, request.path)
    return _plain(request, "web/errors/500.html", 500, {"code": code, "squares": FIVE_HUNDRED})


def _shown(
    request: HttpRequest, template: str, status: int, more: dict[str, Any] | None = None
) -> HttpResponse:
    with _language_of(request):
        context = {"noindex": True, "canonical": "", **(more or {})}
        response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def _plain(
    request: HttpRequest, template: str, status: int, more: dict[str, Any] | None = None
) -> HttpResponse:
    """A page drawn without the database, the session and the framework's style sheet."""
    with _language_of(request):
        sheets = [asset("kernel/tokens.css"), asset("kernel/site.css")]
        context = {**frame(request), "noindex": True, "stylesheets": sheets, **(more or {})}
        response = HttpResponse(render_to_string(template, context), status=status)
    add_never_cache_headers(response)
    return response


def _language_of(request: HttpRequest) -> translation.override:
    """That of the address; the middleware may not have come so far."""
    if in_language(request.path_info):
        code = request.path_info.split("/", 2)[1]
        return translation.override(languages.BY_CODE[code].django)
    return translation.override(translation.get_language_from_request(request))


def _without_language(path: str) -> str:
    return "/" + path.split("/", 2)[2] if in_language(path) else path


def _in_this_language(path: str) -> str:
    if path.startswith(("http://", "https://")) or in_language(path):
        return path
    return f"/{languages.current().code}/{path.lstrip('/')}"


def _is_page(path: str) -> bool:
    """Whether an address leads somewhere; the last pattern takes any single word."""
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return False
    return match.url_name != "page" or page(match.kwargs["slug"], languages.DEFAULT) is not None


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""
