"""Suggestions and reports of errors: the list, and one beside the entry."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.states import Basis
from stocktaking.intake.operations.suggesting import (
    decline_suggestion,
    take_line,
    take_suggestion,
)
from stocktaking.intake.queries.suggestions import (
    SuggestionView,
    suggestion,
    suggestion_queue,
)
from stocktaking.intake.states import OwnerVerdict, SuggestionKind
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.participation import AddLineForm, TakeForm, place_name
from stocktaking.web.forms.search import number_in, number_sent, text_in
from stocktaking.web.views.staff.frame import (
    REFUSED,
    base_to_show,
    based_on,
    desk_page,
    status_of,
)

SIZE = 50
HERE = "staff_suggestions"
TABS = [
    ("", gettext_lazy("To decide")),
    (SuggestionKind.EDIT.value, gettext_lazy("Suggestions")),
    (SuggestionKind.ERROR.value, gettext_lazy("Reports of errors")),
    ("done", gettext_lazy("Decided")),
]


@allow(Capability.MODERATE_REPLIES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    show = text_in(request, "show")
    kind = SuggestionKind(show) if show in set(SuggestionKind) else None
    page = number_in(request, "page") or 1
    found, total = suggestion_queue(
        languages.current().code,
        kind=kind,
        waiting=show != "done",
        first=(page - 1) * SIZE,
        size=SIZE,
    )
    base = reverse(HERE)

    def url(number: int) -> str:
        asked = {name: value for name, value in (("show", show), ("page", number)) if value}
        return f"{base}?{urlencode(asked)}"

    context = {
        "rows": [(one, named(one)) for one in found],
        "total": total,
        "tabs": [
            (label, f"{base}?show={value}" if value else base, value == show)
            for value, label in TABS
        ],
        "pager": Pager.of(page=page, total=total, size=SIZE, url=url),
    }
    return desk_page(request, "web/staff/participation/suggestions.html", HERE, context)


@allow(Capability.MODERATE_REPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Before and after, what the owner says, and the decision."""
    view = suggestion(number, languages.current().code)
    if view is None:
        raise Http404
    status = 200
    form = _form(request, view)
    if form.is_bound and form.is_valid():
        try:
            told = _decide(request, view, form)
        except StaleVersion as error:
            form.add_rule(error)
            status = status_of(error)
            view = suggestion(number, languages.current().code) or view
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, told)
            return redirect(HERE)
    if form.errors and status == 200:
        status = REFUSED
    context = {
        "suggestion": view,
        "place_name": named(view),
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "based_on": base_to_show(request, view.lock, status),
        "entry_version": _version(request, view, status),
        "clash": status == 409,
    }
    template = "web/staff/participation/suggestion.html"
    return desk_page(request, template, HERE, context, status=status)


def named(view: SuggestionView) -> str:
    return place_name(view.place) if view.place else view.key


def _form(request: HttpRequest, view: SuggestionView) -> TakeForm | AddLineForm:
    """What the owner agreed to stands there as confirmed, unless the moderator says otherwise."""
    data = request.POST if request.method == "POST" else None
    if view.term is None:
        return TakeForm(data, initial={"words": view.proposed})
    agreed = view.owner_verdict is OwnerVerdict.AGREED
    return AddLineForm(data, initial={"basis": Basis.EDITOR if agreed else Basis.SUGGESTED})


def _decide(request: HttpRequest, view: SuggestionView, form: TakeForm | AddLineForm) -> str:
    by, at = person_of(request), arrived_at(request)
    assert by is not None  # noqa: S101 - this capability is never given to a visitor
    stated = {
        "suggestion_id": view.id,
        "based_on": based_on(request),
        "answer": form.cleaned_data["answer"],
        "by": by,
        "at": at,
    }
    act = request.POST.get("act")
    if act == "decline":
        decline_suggestion(**stated)
        return _("Declined. The entry stays as it is.")
    version = number_sent(request, "entry_version") or 0
    if act == "add" and view.term is not None:
        basis = Basis(form.cleaned_data["basis"])
        take_line(**stated, basis=basis, entry_version=version)
        return _("Added: the entry has the line now.")
    if act == "take" and view.term is None:
        words = form.cleaned_data["words"]
        take_suggestion(**stated, words=words, entry_version=version)
        return _("Taken over: the entry says it now.")
    take_suggestion(**stated)
    return _("Marked as done.")


def _version(request: HttpRequest, view: SuggestionView, status: int) -> str:
    """The version of the entry that the moderator has seen; the newest after a clash."""
    if request.method == "POST" and status != 409:
        return request.POST.get("entry_version", "")[:10]
    return str(view.version)
