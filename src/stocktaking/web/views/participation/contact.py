"""A message to the people behind an entry, and the yearly "still correct"."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.operations.asking import confirm_by_link
from stocktaking.intake.operations.contacting import send_message
from stocktaking.intake.queries.freshness import asked_by_link
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import ContactForm
from stocktaking.web.guard import limited
from stocktaking.web.views.participation.frame import REFUSED, public_card, shown
from stocktaking.web.views.staff.once import once

HOUR = dt.timedelta(hours=1)
TOKEN_MAX = 100


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("contact", most=5, every=HOUR)
def contact(request: HttpRequest, number: int) -> HttpResponse:
    """The message goes on by mail; whom it reached is shown to nobody."""
    card = public_card(number)
    form = ContactForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        by, at = person_of(request), arrived_at(request)
        stated = form.cleaned_data | {"number": number, "language": languages.current().code}
        try:
            once(
                request,
                scope="contact",
                content=sorted(stated.items()),
                at=at,
                make=lambda: {"id": send_message(**stated, by=by, at=at).pk},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return redirect(f"{reverse('contact', args=[number])}?sent=1")
    person = person_of(request)
    context = {
        "card": card,
        "form": form,
        "known": (person.name or _("Visitor")) if person else "",
        "sent": request.method != "POST" and "sent" in request.GET,
    }
    return shown(request, "contact.html", context, status=REFUSED if form.errors else 200)


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("confirm link", most=60, every=HOUR, by="network")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: a look changes nothing, the button does. Nobody signs in."""
    at = arrived_at(request)
    asked = asked_by_link(token, languages.current().code, at=at) if token[:TOKEN_MAX] else None
    if asked is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            confirm_by_link(token=token, at=at)
        except RuleBroken as error:
            refusal = str(error)
        else:
            return redirect("confirm_entry", token)
    context = {"asked": asked, "card": asked.entry, "refusal": refusal}
    return shown(request, "confirm.html", context, status=REFUSED if refusal else 200)
