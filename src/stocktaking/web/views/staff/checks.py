"""Checks of replies: what staff want to be warned of."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import Check
from stocktaking.intake.operations import save_check
from stocktaking.intake.queries.checks import check_rows
from stocktaking.intake.queries.choices import calls_asked
from stocktaking.intake.queries.questions import questions_asked
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.check import CheckForm, check_initial
from stocktaking.web.forms.check_condition import CheckCondition
from stocktaking.web.forms.entry import with_row
from stocktaking.web.views.staff.frame import (
    CONFLICT,
    REFUSED,
    base_to_show,
    based_on,
    desk_page,
    status_of,
)
from stocktaking.web.views.staff.once import key_for, once

HERE = "staff_checks"


@allow(Capability.MANAGE_CHECKS)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    found = check_rows(languages.current().code)
    return desk_page(request, "web/staff/queue/checks.html", HERE, {"found": found})


@allow(Capability.MANAGE_CHECKS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = _form(request, None)
    if form.is_bound and not form.quiet and form.is_valid():
        slug, stated = form.cleaned_data["slug"], form.stated()
        by, at = person_of(request), clock.now()
        try:
            once(
                request,
                scope="staff_check_new",
                content=(slug, stated),
                at=at,
                make=lambda: {"slug": save_check(slug=slug, **stated, by=by, at=at).slug},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The check is in use. Open replies are looked at again."))
            return redirect("staff_checks")
    return _show(request, None, form)


@allow(Capability.MANAGE_CHECKS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    row = Check.objects.filter(slug=slug).first()
    if row is None:
        raise Http404
    form, status = _form(request, row), 200
    if form.is_bound and not form.quiet and form.is_valid():
        try:
            save_check(
                slug=slug,
                **form.stated(),
                based_on=based_on(request),
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("Saved. Open replies are looked at again."))
            return redirect("staff_checks")
    return _show(request, row, form, status=status)


def _form(request: HttpRequest, row: Check | None) -> CheckForm:
    """As it was sent; with one more row, and not judged, where that was asked for."""
    data = request.POST if request.method == "POST" else None
    adds = data is not None and data.get("act") == "row"
    return CheckForm(
        with_row(data, "when-rows") if data is not None and adds else data,
        initial=check_initial(row) if row else None,
        condition=row.condition if row else None,
        questions=questions_asked(),
        calls=calls_asked(languages.current().code),
        quiet=adds,
    )


def _show(
    request: HttpRequest, row: Check | None, form: CheckForm, *, status: int = 200
) -> HttpResponse:
    if form.is_bound and not form.quiet and status == 200:
        status = REFUSED
    context = {
        "check": row,
        "form": form,
        "problems": list(form.problems()) if form.is_bound and not form.quiet else [],
        "idempotency_key": key_for(request),
        "based_on": base_to_show(request, row.lock, status) if row else 0,
        "theirs": _theirs(row, form) if row and status == CONFLICT else [],
    }
    return desk_page(request, "web/staff/queue/check.html", HERE, context, status=status)


def _theirs(row: Check, form: CheckForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    saved: dict[str, Any] = check_initial(row)
    rows = []
    asked = CheckCondition(questions_asked(), row.condition, languages.current().code)
    if (theirs := asked.in_words()) != (yours := form.when.in_words()):
        rows.append((_("When it speaks"), theirs, yours))
    for name, field in form.fields.items():
        theirs, yours = str(saved.get(name) or ""), str(form[name].value() or "")
        if name != "slug" and theirs != yours:
            choices = {str(value): label for value, label in getattr(field, "choices", ())}
            rows.append(
                (str(field.label), str(choices.get(theirs, theirs)), str(choices.get(yours, yours)))
            )
    return rows
