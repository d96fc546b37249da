"""The yearly question to owners, organisations that nobody acts for, and messages passed on."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import ContactMessage
from stocktaking.intake.operations.asking import OLDER_THAN, ask_confirmation, start_asking
from stocktaking.intake.queries.freshness import freshness, unclaimed
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.frame import desk_page
from stocktaking.web.views.staff.once import key_for, once

UNCLAIMED_SHOWN = 100
SIZE = 50
HERE = "staff_confirmations"


@allow(Capability.MODERATE_REPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def confirmations(request: HttpRequest) -> HttpResponse:
    """Who would be asked; the button that asks; and a letter for those nobody can ask."""
    at, by = arrived_at(request), person_of(request)
    assert by is not None  # noqa: S101 - this capability is never given to a visitor
    if request.method == "POST":
        once(
            request,
            scope="ask_confirmation",
            content="",
            at=at,
            make=lambda: {"job": start_asking(by=by, at=at).pk},
        )
        messages.success(request, _("The mails are being written."))
        return redirect(HERE)
    before = (at - dt.timedelta(days=OLDER_THAN)).date()
    bodies, total = unclaimed(before=before, limit=UNCLAIMED_SHOWN)
    context = {
        "numbers": freshness(before=before),
        "would": ask_confirmation(dry_run=True, by=by, at=at),
        "unclaimed": [
            (one, settings.BASE_URL + reverse("claim_organisation", args=[one.organisation.number]))
            for one in bodies
        ],
        "unclaimed_total": total,
        "days": OLDER_THAN,
        "idempotency_key": key_for(request),
    }
    return desk_page(request, "web/staff/participation/confirmations.html", HERE, context)


@allow(Capability.MODERATE_REPLIES)
@require_safe
def passed_on(request: HttpRequest) -> HttpResponse:
    """Messages to projects, for somebody who looks into abuse; kept for 90 days."""
    page = number_in(request, "page") or 1
    rows = ContactMessage.objects.select_related("by").order_by("-at", "-id")
    base, total = reverse("staff_messages"), rows.count()
    context = {
        "found": rows[(page - 1) * SIZE : page * SIZE],
        "total": total,
        "pager": Pager.of(page=page, total=total, size=SIZE, url=lambda n: f"{base}?page={n}"),
    }
    return desk_page(request, "web/staff/participation/messages.html", "staff_messages", context)
