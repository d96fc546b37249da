"""Style sheets made from the framework and from the operator's file, and the choice of theme."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.context import TEXTS, THEMES
from stocktaking.web.style import Sheet, operator_sheet, terms_sheet

FOR_EVER = "public, max-age=31536000, immutable"
YEAR = 31_536_000
CHOICES = {"theme": THEMES, "text": TEXTS}  # cookies, by the name of the buttons


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
    """Keep the reader's choice of light or dark, or of text only, in a cookie and go back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    for name, values in CHOICES.items():
        chosen = request.POST.get(name)
        if chosen in values:
            secure = bool(settings.SESSION_COOKIE_SECURE)
            response.set_cookie(name, chosen, max_age=YEAR, samesite="Lax", secure=secure)
        elif chosen is not None:
            response.delete_cookie(name, samesite="Lax")
    return response
