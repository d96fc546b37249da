"""The owner's own button: the entry is still correct."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.operations import confirm_entry_correct
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.guard import limited
from stocktaking.web.views.participation.frame import public_card, signed_in


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_POST
@limited("confirm own", most=300, every=dt.timedelta(hours=1))
def confirm_own(request: HttpRequest, number: int) -> HttpResponse:
    """Twice on a day is once. What belongs to somebody else is not found."""
    card, person = public_card(number), signed_in(request)
    owner = card.organisation
    if owner is None or not can(person, Capability.EDIT_OWN_ORGANISATION, owner.number):
        raise Http404
    try:
        confirm_entry_correct(number=number, by=person, at=arrived_at(request))
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted: the entry is still correct."))
    return redirect("entry", number, card.slug)
