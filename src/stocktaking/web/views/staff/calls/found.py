"""The call that an address names, and what its pages share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from stocktaking.calls.models import Call
from stocktaking.calls.queries.lists import card
from stocktaking.kernel import clock
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_calls"


def call_or_404(slug: str) -> Call:
    found = Call.objects.select_related("questionnaire", "previous").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def call_page(
    request: HttpRequest,
    template: str,
    call: Call,
    tab: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page about one call; ``tab`` is the part of it that is shown."""
    shown = {"call": call, "card": card(call, clock.now()), "tab": tab}
    return desk_page(
        request, f"web/staff/calls/{template}.html", HERE, shown | context, status=status
    )
