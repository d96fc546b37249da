"""Facilitators say which entries belong to their lines as well; staff decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.accounts.rules.scopes import read, written
from stocktaking.intake.operations.suggesting import suggest_line
from stocktaking.intake.permissions import lines_for
from stocktaking.intake.queries.suggestions import suggested_lines
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.reference.queries import catalogue
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import LineForm
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.frame import REFUSED, desk_page
from stocktaking.web.views.staff.once import key_for, once

SIZE = 50
HERE = "staff_lines"


@allow(Capability.SUGGEST_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, and what the person has suggested so far."""
    person = person_of(request)
    assert person is not None  # noqa: S101 - this capability is never given to a visitor
    form = _form(request, person)
    if form is not None and form.is_bound and form.is_valid():
        try:
            _send(request, person, form)
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("Your suggestion has arrived"))
            return redirect(HERE)
    number = number_in(request, "page") or 1
    found, total = suggested_lines(
        person, languages.current().code, first=(number - 1) * SIZE, size=SIZE
    )
    base = reverse(HERE)
    context = {
        "form": form,
        "problems": list(form.problems()) if form is not None and form.is_bound else [],
        "idempotency_key": key_for(request),
        "rows": found,
        "pager": Pager.of(page=number, total=total, size=SIZE, url=lambda n: f"{base}?page={n}"),
    }
    template = "web/staff/participation/lines.html"
    return desk_page(
        request, template, HERE, context, status=REFUSED if request.method == "POST" else 200
    )


def _form(request: HttpRequest, person: Person) -> LineForm | None:
    """None where there is no line to suggest entries for."""
    known, lines = catalogue(), lines_for(person)
    terms = [term for term in (known.term(*line) for line in lines) if term is not None]
    if not terms:
        return None
    return LineForm(
        request.POST if request.method == "POST" else None,
        heading=known.schemes[terms[0].scheme].label(),
        lines=[(written((one.scheme, one.code)), f"{one.code} {one.label()}") for one in terms],
    )


def _send(request: HttpRequest, person: Person, form: LineForm) -> None:
    stated: dict[str, Any] = {
        "number": form.cleaned_data["number"],
        "line": read(form.cleaned_data["line"]),
        "remark": form.cleaned_data["remark"],
        "language": languages.current().code,
    }
    at = arrived_at(request)
    once(
        request,
        scope=HERE,
        content=stated,
        at=at,
        make=lambda: {"id": suggest_line(**stated, by=person, at=at).pk},
    )
