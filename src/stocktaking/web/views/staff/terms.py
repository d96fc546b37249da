"""Schemes and terms: looked at, and given the operator's own words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.reference.operations import clear_override, override_scheme, override_term
from stocktaking.reference.queries import (
    SchemeView,
    TermView,
    Wording,
    catalogue,
    scheme_wording,
    term_wording,
)
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.wording import WordingForm
from stocktaking.web.views.staff.frame import CONFLICT, REFUSED, desk_page, status_of

HERE = "staff_schemes"
CODES = languages.CODES


@allow(Capability.EDIT_REFERENCE)
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    known = catalogue()
    context = {
        "schemes": list(known.schemes.values()),
        "crosswalks": list(known.crosswalks.values()),
    }
    return desk_page(request, "web/staff/schemes.html", HERE, context)


@allow(Capability.EDIT_REFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    view = _scheme_or_404(slug)
    wording = scheme_wording(view.id)
    if wording is None:
        raise Http404
    form = _form(request, wording, gettext_lazy("Own plural"))
    change: Callable[..., Any] = override_scheme
    status, done = _change(request, form, change, {"scheme_id": view.id}, other="plural")
    if done:
        return redirect("staff_scheme", view.slug)
    rows = [(term, _labels(term)) for term in view.terms]
    context = {"scheme": view, "rows": rows, "languages_shown": languages.LANGUAGES}
    return _show(request, "web/staff/scheme.html", form, context, status)


@allow(Capability.EDIT_REFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    view = _scheme_or_404(slug)
    found = view.by_code.get(code)
    wording = term_wording(found.id) if found else None
    if found is None or wording is None:
        raise Http404
    form = _form(request, wording, gettext_lazy("Own short title"))
    change: Callable[..., Any] = override_term
    status, done = _change(request, form, change, {"term_id": found.id}, other="short")
    if done:
        return redirect(reverse("staff_scheme", args=[view.slug]))
    return _show(request, "web/staff/term.html", form, {"scheme": view, "term": found}, status)


@allow(Capability.EDIT_REFERENCE)
@require_safe
def crosswalk(request: HttpRequest, slug: str) -> HttpResponse:
    view = catalogue().crosswalks.get(slug)
    if view is None:
        raise Http404
    rows = [
        (row, [link for column in view.columns if (link := view.link(row.code, column.code))])
        for row in view.rows
    ]
    context = {"crosswalk": view, "rows": rows, "total": len(view.links)}
    return desk_page(request, "web/staff/crosswalk.html", HERE, context)


def _scheme_or_404(slug: str) -> SchemeView:
    found = catalogue().scheme(slug)
    if found is None:
        raise Http404
    return found


def _labels(term: TermView) -> list[tuple[languages.Language, str, bool]]:
    """Language, title as shown now, whether it is official."""
    return [
        (language, term.title.get(language.code, ""), term.is_official(language.code))
        for language in languages.LANGUAGES
    ]


def _form(request: HttpRequest, wording: Wording, other: Any) -> WordingForm:
    data = request.POST if request.method == "POST" else None
    return WordingForm(data, wording=wording, other=other)


def _change(
    request: HttpRequest,
    form: WordingForm,
    change: Callable[..., Any],
    which: dict[str, int],
    *,
    other: str,
) -> tuple[int, bool]:
    """Status of the page to show, and whether there is nothing left to show."""
    if not form.is_bound:
        return 200, False
    clear = request.POST.get("act") == "clear"
    if not clear and not form.is_valid():
        return REFUSED, False
    stamp = request.POST.get("based_on") or None
    said: dict[str, Any] = {"by": person_of(request), "at": clock.now(), "based_on": stamp, **which}
    try:
        if clear:
            clear_override(**said)
        else:
            change(**{"title": form.stated("title"), other: form.stated("other"), **said})
    except RuleBroken as error:
        form.refuse(error)
        return status_of(error), False
    messages.success(request, _("The words of the framework hold again.") if clear else _("Saved."))
    return 200, True


def _show(
    request: HttpRequest, template: str, form: WordingForm, context: dict[str, Any], status: int
) -> HttpResponse:
    wording = form.wording
    # as in ``frame.base_to_show``, of a stamp that is no number
    seen = not form.is_bound or status == CONFLICT
    shared = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "overridden": bool(wording.own_title or wording.own_other),
        "based_on": wording.stamp if seen else request.POST.get("based_on", ""),
        "theirs": _theirs(form) if status == CONFLICT else [],
    }
    return desk_page(request, template, HERE, context | shared, status=status)


def _theirs(form: WordingForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    return [
        (f"{row.language.name}: {field.label}", saved, typed)
        for row in form.by_language
        for field in (row.title, row.other)
        if (saved := str(field.initial or "")) != (typed := str(field.value() or ""))
    ]
