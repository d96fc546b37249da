"""The list of calls, and the form of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call
from stocktaking.calls.operations import create_call, revise_call
from stocktaking.calls.queries import call_page as public_page
from stocktaking.calls.queries import desk_calls
from stocktaking.calls.queries.checklist import checklist
from stocktaking.calls.rules.window import zone_names
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.call import CallForm, call_initial
from stocktaking.web.views.calls import page_context
from stocktaking.web.views.staff.calls.found import HERE, call_or_404, call_page
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, desk_page, status_of
from stocktaking.web.views.staff.once import key_for, once


@allow(Capability.MANAGE_CALLS)
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    context = {"found": desk_calls(clock.now())}
    return desk_page(request, "web/staff/calls/list.html", HERE, context)


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = CallForm(
        request.POST if request.method == "POST" else None, initial={"zone": "Europe/Zurich"}
    )
    if form.is_bound and form.is_valid():
        by, at, values = person_of(request), clock.now(), form.values()
        named = {name: form.cleaned_data[name] for name in ("slug", "kind", "questionnaire")}
        try:
            once(
                request,
                scope="staff_call_new",
                content=(named, values),
                at=at,
                make=lambda: {"slug": create_call(**named, values=values, by=by, at=at).slug},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The call is drawn up. Nobody but staff sees it yet."))
            return redirect("staff_call", named["slug"])
    context = {
        **_form_context(form),
        "idempotency_key": key_for(request),
    }
    status = REFUSED if form.errors else 200
    return desk_page(request, "web/staff/calls/new.html", HERE, context, status=status)


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    status = 200
    form = CallForm(
        request.POST if request.method == "POST" else None, call=call, initial=call_initial(call)
    )
    if form.is_bound and form.is_valid():
        try:
            revise_call(
                call=call,
                values=form.values(),
                questionnaire=form.cleaned_data.get("questionnaire", ""),
                based_on=based_on(request),
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_call", slug)
    if form.errors and status == 200:
        status = REFUSED
    context = {
        **_form_context(form),
        "checklist": checklist(call, clock.now()),
        "based_on": base_to_show(request, call.lock, status),
        "theirs": _theirs(call, form) if status == 409 else [],
    }
    return call_page(request, "edit", call, "edit", context, status=status)


@allow(Capability.MANAGE_CALLS)
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The public page as it is now, also before anybody else sees it."""
    call = call_or_404(slug)
    found = public_page(slug, clock.now(), drafts=True)
    assert found is not None  # noqa: S101 - the call is there, and drafts are wanted
    shown = page_context(found)
    texts = {name: shown[name] for name in ("introduction", "goal", "afterwards")}
    return call_page(request, "preview", call, "preview", {"public": found, **texts})


def _form_context(form: CallForm) -> dict[str, Any]:
    return {
        "form": form,
        "zones": zone_names(),
        "problems": list(form.problems()) if form.is_bound else [],
    }


def _theirs(call: Call, form: CallForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    saved = call_initial(call)
    rows = []
    for name in form.fields:
        field = form[name]
        theirs, yours = _plain(saved.get(name)), _plain(field.value())
        if theirs != yours:
            language = name.partition("-")[2]
            label = f"{field.label} ({language})" if language else str(field.label)
            rows.append((label, theirs, yours))
    return rows


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value in (None, False) else str(value)
