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


def status_of(error: Exception) -> int:
    return CONFLICT if isinstance(error, StaleVersion) else REFUSED
