"""Readers suggest other words for an entry, or report what is wrong with it."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import EntryCard
from stocktaking.intake.operations.suggesting import suggest
from stocktaking.intake.queries.suggestions import places_of
from stocktaking.intake.rules.places import Place
from stocktaking.intake.states import SuggestionKind
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import (
    ReportForm,
    SuggestionForm,
    choices_of,
    place_name,
)
from stocktaking.web.guard import limited
from stocktaking.web.views.participation.frame import REFUSED, public_card, shown
from stocktaking.web.views.staff.once import once

HOUR = dt.timedelta(hours=1)


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("suggestion", most=20, every=HOUR)
def suggestion(request: HttpRequest, number: int) -> HttpResponse:
    """First a part of the entry is chosen (``?place=``), then other words for it are written."""
    card, places = public_card(number), places_of(number)
    asked = request.POST.get("place", request.GET.get("place"))
    place = next((one for one in places if one.key == asked), None)
    if "sent" in request.GET or place is None:
        return shown(
            request,
            "suggestion.html",
            {"card": card, "places": choices_of(places), "sent": "sent" in request.GET},
            status=REFUSED if request.method == "POST" else 200,
        )
    form = SuggestionForm(
        request.POST if request.method == "POST" else None, request=request, place=place
    )
    if form.is_bound and form.is_valid():
        try:
            _send(request, card, SuggestionKind.EDIT, place.key, form)
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return redirect(f"{reverse('suggestion', args=[number])}?sent=1")
    return _form_page(request, "suggestion_form.html", card, form, place)


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("report", most=20, every=HOUR)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Something is wrong with an entry."""
    card = public_card(number)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        request=request,
        places=places_of(number),
    )
    if form.is_bound and form.is_valid():
        try:
            _send(request, card, SuggestionKind.ERROR, form.cleaned_data["place"], form)
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return redirect(f"{reverse('report', args=[number])}?sent=1")
    return _form_page(request, "report.html", card, form, None)


def _send(
    request: HttpRequest,
    card: EntryCard,
    kind: SuggestionKind,
    place: str,
    form: SuggestionForm | ReportForm,
) -> None:
    stated = {
        "number": card.number,
        "kind": kind,
        "place": place,
        "proposed": form.cleaned_data.get("proposed", ""),
        "remark": form.cleaned_data["remark"],
        "email": form.cleaned_data.get("email", ""),
        "language": languages.current().code,
    }
    by, at = person_of(request), arrived_at(request)
    once(
        request,
        scope=f"suggestion_{kind}",
        content=stated,
        at=at,
        make=lambda: {"id": suggest(**stated, by=by, at=at).pk},
    )


def _form_page(
    request: HttpRequest,
    template: str,
    card: EntryCard,
    form: SuggestionForm | ReportForm,
    place: Place | None,
) -> HttpResponse:
    context = {
        "card": card,
        "form": form,
        "place": place,
        "place_name": place_name(place) if place else "",
        "sent": request.method != "POST" and "sent" in request.GET,
    }
    return shown(request, template, context, status=REFUSED if form.errors else 200)
