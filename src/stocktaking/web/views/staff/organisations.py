"""Organisations: the list, and what is said of one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.operations import register_organisation, revise_organisation
from stocktaking.accounts.queries import OrganisationView, members, organisation, organisations
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.base import Rows
from stocktaking.web.forms.organisation import (
    MemberForm,
    MergeForm,
    OrganisationForm,
    OrganisationIdentifierRows,
    organisation_initial,
)
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.choices import countries, organisation_types
from stocktaking.web.views.staff.frame import base_to_show, based_on, desk_page, status_of
from stocktaking.web.views.staff.once import key_for, once

HERE = "staff_organisations"
SIZE = 50


@allow(Capability.EDIT_ORGANISATIONS)
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    text, page = text_in(request, "q"), number_in(request, "page") or 1
    found, total = organisations(text, first=(page - 1) * SIZE, size=SIZE)

    def url(number: int) -> str:
        asked: dict[str, Any] = {"q": text} if text else {}
        return f"{reverse(HERE)}?{urlencode(asked | {'page': number})}"

    context = {
        "found": found,
        "total": total,
        "text": text,
        "pager": Pager.of(page=page, total=total, size=SIZE, url=url),
    }
    return desk_page(request, "web/staff/organisations.html", HERE, context)


@allow(Capability.EDIT_ORGANISATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form, rows = _forms(request, None)
    if form.is_bound and _valid(form, rows):
        by, at = person_of(request), clock.now()
        stated = _stated(form, rows)
        try:
            answer = once(
                request,
                scope="staff_organisation_new",
                content=stated,
                at=at,
                make=lambda: {"number": register_organisation(**stated, by=by, at=at).number},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The organisation is in the register."))
            return redirect("staff_organisation_edit", answer["number"])
    return _show(request, None, form, rows)


@allow(Capability.EDIT_ORGANISATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    view = organisation(number)
    if view is None:
        raise Http404
    form, rows = _forms(request, view)
    status = 200
    if form.is_bound and _valid(form, rows):
        try:
            revise_organisation(
                number=number,
                **_stated(form, rows),
                based_on=based_on(request),
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_organisation_edit", number)
    return _show(request, view, form, rows, status=status)


def _forms(request: HttpRequest, view: OrganisationView | None) -> tuple[OrganisationForm, Rows]:
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(
        data,
        initial=organisation_initial(view) if view else None,
        countries=countries(),
        types=organisation_types(),
    )
    held = [{"system": s, "value": v} for s, v in view.identifiers] if view else None
    return form, OrganisationIdentifierRows(data, prefix="identifiers", initial=held)


def _valid(form: OrganisationForm, rows: Rows) -> bool:
    return all([form.is_valid(), rows.is_valid()])


def _stated(form: OrganisationForm, rows: Rows) -> dict[str, Any]:
    return form.stated() | {"identifiers": [row.pair() for row in rows.filled_forms()]}


def _show(
    request: HttpRequest,
    view: OrganisationView | None,
    form: OrganisationForm,
    rows: Rows,
    *,
    status: int = 200,
) -> HttpResponse:
    stale = status == 409
    problems = [*form.problems(), *rows.problems()] if form.is_bound else []
    context = {
        "organisation": view,
        "merged_into": organisation(view.merged_into) if view and view.merged_into else None,
        "form": form,
        "rows": rows,
        "problems": problems,
        "theirs": _theirs(view, form) if view and stale else [],
        "members": members(view.number) if view else [],
        "member_form": MemberForm(),
        "merge_form": MergeForm(),
        "idempotency_key": key_for(request),
        "based_on": base_to_show(request, view.lock, status) if view else 0,
    }
    if problems and status == 200:
        status = 422
    return desk_page(request, "web/staff/organisation_edit.html", HERE, context, status=status)


def _theirs(view: OrganisationView, form: OrganisationForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    saved = organisation_initial(view)
    rows = []
    for name, field in form.fields.items():
        theirs, yours = str(saved.get(name) or ""), str(form.cleaned_data.get(name) or "")
        if theirs != yours:
            choices = dict(getattr(field, "choices", ()))
            rows.append(
                (str(field.label), str(choices.get(theirs, theirs)), str(choices.get(yours, yours)))
            )
    return rows
