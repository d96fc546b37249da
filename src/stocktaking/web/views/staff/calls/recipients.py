"""Groups of people who are written to, and the lists that are pasted into them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import RecipientGroup
from stocktaking.calls.operations import (
    create_group,
    remove_recipients,
    revise_group,
    save_recipients,
)
from stocktaking.calls.queries.letters import readers_of_group
from stocktaking.calls.rules.letters import Line
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.reference.queries.catalogue import pick
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.letter import GroupForm, ListForm, group_initial
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, desk_page, status_of
from stocktaking.web.views.staff.once import key_for, once

HERE = "staff_recipients"
SHOWN = 200


@allow(Capability.MANAGE_CALLS)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    rows = [
        (group, _title(group), len(readers_of_group(group)), group.letters.count())
        for group in RecipientGroup.objects.all()
    ]
    return desk_page(request, "web/staff/calls/groups.html", HERE, {"rows": rows})


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by, at = person_of(request), clock.now()
        slug, stated = form.cleaned_data["slug"], form.stated()
        try:
            once(
                request,
                scope="staff_group_new",
                content=(slug, stated),
                at=at,
                make=lambda: {"slug": create_group(slug=slug, **stated, by=by, at=at).slug},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The group exists. Add people to it, or a rule."))
            return redirect("staff_group", slug)
    context = {"group": None, "form": form, "problems": _problems(form),
               "idempotency_key": key_for(request)}  # fmt: skip
    status = REFUSED if form.errors else 200
    return desk_page(request, "web/staff/calls/group.html", HERE, context, status=status)


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    group, status = _group_or_404(slug), 200
    form = GroupForm(
        request.POST if request.method == "POST" else None, initial=group_initial(group)
    )
    if form.is_bound and form.is_valid():
        try:
            revise_group(
                group=group,
                **form.stated(),
                based_on=based_on(request),
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_group", slug)
    if form.errors and status == 200:
        status = REFUSED
    return _show(request, group, form=form, status=status)


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in a list; each line with a fault is shown with what is wrong with it."""
    group = _group_or_404(slug)
    listing = ListForm(request.POST, request.FILES)
    if not listing.is_valid():
        return _show(request, group, listing=listing, status=REFUSED)
    lines = save_recipients(
        group=group,
        text=listing.cleaned_data["text"],
        default_language=listing.cleaned_data["language"] or languages.DEFAULT,
        by=person_of(request),
        at=clock.now(),
    )
    refused = [line for line in lines if line.fault]
    fresh = len(lines) - len(refused)
    messages.success(
        request,
        ngettext("%(n)s person was added.", "%(n)s people were added.", fresh) % {"n": fresh},
    )
    if refused:
        return _show(request, group, refused=refused, status=REFUSED)
    return redirect("staff_group", slug)


@allow(Capability.MANAGE_CALLS)
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    group = _group_or_404(slug)
    ticked = [int(one) for one in request.POST.getlist("recipient") if _is_number(one)]
    gone = remove_recipients(group=group, recipients=ticked, by=person_of(request), at=clock.now())
    messages.success(
        request,
        ngettext("%(n)s person was taken off.", "%(n)s people were taken off.", gone) % {"n": gone},
    )
    return redirect("staff_group", slug)


def _show(
    request: HttpRequest,
    group: RecipientGroup,
    *,
    form: GroupForm | None = None,
    listing: ListForm | None = None,
    refused: list[Line] | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or GroupForm(initial=group_initial(group))
    listing = listing or ListForm(initial={"language": languages.current().code})
    context: dict[str, Any] = {
        "group": group,
        "title": _title(group),
        "form": form,
        "listing": listing,
        "problems": [*_problems(form), *_problems(listing)],
        "based_on": base_to_show(request, group.lock, status),
        "refused": refused or [],
        "listed": group.recipients.count(),
        "recipients": group.recipients.order_by("email")[:SHOWN],
        "readers": len(readers_of_group(group)),
    }
    return desk_page(request, "web/staff/calls/group.html", HERE, context, status=status)


def _group_or_404(slug: str) -> RecipientGroup:
    found = RecipientGroup.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _title(group: RecipientGroup) -> str:
    return pick(group.title, languages.current().code) or group.slug


def _problems(form: GroupForm | ListForm) -> list[Any]:
    return list(form.problems()) if form.is_bound else []


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
