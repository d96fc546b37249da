"""What the pages of following share."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from stocktaking.web.views.participation.frame import unkept

REFUSED = 422
CONFLICT = 409


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return unkept(request, f"web/follow/{template}", {"section": "account"} | context, status)


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Away to sign in, and back to the very page."""
    return redirect(sign_in_url(request))


def sign_in_url(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
