"""What waits for whoever is signed in."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stocktaking.accounts.queries import organisations_of, roles_of
from stocktaking.accounts.rules.roles import Capability, capabilities, staff_only
from stocktaking.kernel import clock
from stocktaking.web.access import allow, has_second_factor
from stocktaking.web.desk import Viewer, Waiting, waiting_for
from stocktaking.web.views.account.own import signed_in


@dataclass(frozen=True)
class Row:
    """``days`` are whole days left, negative ones passed; None without a deadline."""

    waiting: Waiting
    days: int | None


@allow(Capability.HOLD_ACCOUNT)
@require_safe
def personal_desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person, by deadline; and ways on where nothing does."""
    viewer = viewer_of(request)
    held = capabilities(roles_of(viewer.person))
    context = {
        **rows_for(viewer),
        "locked": any(staff_only(one) for one in held - viewer.held),
        "organisations": organisations_of(viewer.person),
        "section": "desk",
        "noindex": True,
    }
    return render(request, "web/desk/personal.html", context)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks, with what the session may use: without the second step nothing of staff."""
    person = signed_in(request)
    held = capabilities(roles_of(person))
    if not has_second_factor(request):
        held = frozenset(one for one in held if not staff_only(one))
    return Viewer(person=person, at=clock.now(), held=held)


def rows_for(viewer: Viewer) -> dict[str, list[Row]]:
    """What waits, apart for the template: ``dues`` with a deadline and ``tasks`` without."""
    rows = [Row(one, _days(one.due, viewer.at)) for one in waiting_for(viewer)]
    return {
        "dues": [row for row in rows if row.days is not None],
        "tasks": [row for row in rows if row.days is None],
    }


def _days(due: dt.datetime | None, at: dt.datetime) -> int | None:
    return None if due is None else (due - at).days
