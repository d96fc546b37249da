"""What every page of the desk shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stocktaking.kernel.errors import StaleVersion

REFUSED = 422  # the form is shown again with what is to be put right
CONFLICT = 409  # somebody else saved first


def desk_page(
    request: HttpRequest,
    template: str,
    here: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the desk; ``here`` is the name of its place in the menu."""
    frame = {"section": "desk", "here": here, "noindex": True}
    return render(request, template, frame | context, status=status)


def based_on(request: HttpRequest) -> int:
    """The version from which a form that was sent was filled in; 0 where it names none."""
    typed = request.POST.get("based_on", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def base_to_show(request: HttpRequest, newest: int, status: int) -> int:
    """The version to put into the form: the one its sender saw, for what others saved meanwhile
    must not be lost; the newest one after a clash, when both texts have been shown."""
    seen = request.method != "POST" or status == CONFLICT
    return newest if seen else based_on(request)


def status_of(error: Exception) -> int:
    return CONFLICT if isinstance(error, StaleVersion) else REFUSED
