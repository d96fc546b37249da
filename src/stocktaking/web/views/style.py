"""Style sheets made from the framework and from the operator's file, and the choice of theme."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.context import THEMES
from stocktaking.web.style import Sheet, operator_sheet, terms_sheet

FOR_EVER = "public, max-age=31536000, immutable"
YEAR = 31_536_000


@allow(Capability.READ)
@require_safe
def terms_css(request: HttpRequest, stamp: str) -> HttpResponse:
    """Colours of terms and the crosshair of the grid."""
    return _sheet(terms_sheet(), stamp)


@allow(Capability.READ)
@require_safe
def theme_css(request: HttpRequest, stamp: str) -> HttpResponse:
    """The operator's colours and fonts."""
    sheet = operator_sheet()
    if sheet is None:
        raise Http404
    return _sheet(sheet, stamp)


def _sheet(sheet: Sheet, stamp: str) -> HttpResponse:
    response = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    # an old name still finds the present sheet, but nobody may keep it under that name
    response["Cache-Control"] = FOR_EVER if stamp == sheet.stamp else "no-cache"
    return response


@csrf_exempt  # pages of visitors carry no token, so that they can be cached; a theme harms nobody
@allow(Capability.READ)
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of light or dark in a cookie and go back."""
    chosen, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if chosen in THEMES:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
