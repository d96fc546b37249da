"""Who acts for an organisation, and two organisations becoming one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.operations import add_member, merge_organisations, remove_member
from stocktaking.accounts.queries import OrganisationView, members, organisation
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries.desk import desk_entries, desk_list
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.organisation import MemberForm
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_organisations"


@allow(Capability.EDIT_ORGANISATIONS)
@require_POST
def member_add(request: HttpRequest, number: int) -> HttpResponse:
    body = get_object_or_404(Organisation, number=number)
    form = MemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the e-mail address of an account."))
        return _back(number)
    person = Person.objects.filter(email__iexact=form.cleaned_data["email"].strip()).first()
    if person is None:
        messages.error(request, _("No account has this address. The person registers first."))
        return _back(number)
    standing = Membership.Standing(form.cleaned_data["standing"])
    try:
        add_member(
            organisation=body,
            person=person,
            standing=standing,
            by=person_of(request),
            at=clock.now(),
        )
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(person)s acts for it now.") % {"person": person})
    return _back(number)


@allow(Capability.EDIT_ORGANISATIONS)
@require_POST
def member_remove(request: HttpRequest, number: int, person_id: int) -> HttpResponse:
    body = get_object_or_404(Organisation, number=number)
    person = get_object_or_404(Person, pk=person_id)
    remove_member(organisation=body, person=person, by=person_of(request), at=clock.now())
    messages.success(request, _("%(person)s acts for it no longer.") % {"person": person})
    return _back(number)


@allow(Capability.EDIT_ORGANISATIONS)
@require_safe
def merge_preview(request: HttpRequest, number: int) -> HttpResponse:
    """What moves when this organisation goes into the one that was named."""
    goes, kept = organisation(number), number_in(request, "kept")
    stays = organisation(kept) if kept else None
    if goes is None:
        raise Http404
    if stays is None or stays.number == number or stays.merged_into or goes.merged_into:
        messages.error(request, _("Write the number of another organisation that exists."))
        return _back(number)
    context = {"goes": goes, "stays": stays, **_moving(goes)}
    return desk_page(request, "web/staff/organisation_merge.html", HERE, context)


def _moving(goes: OrganisationView) -> dict[str, object]:
    return {
        "entries": desk_list(desk_entries(organisation=goes.number), size=20),
        "people": members(goes.number),
    }


@allow(Capability.EDIT_ORGANISATIONS)
@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponse:
    kept = request.POST.get("kept", "")
    target = int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 16 else 0
    try:
        merge_organisations(kept=target, merged=number, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        return _back(number)
    messages.success(request, _("The two organisations are one now."))
    return _back(target)


def _back(number: int) -> HttpResponse:
    return redirect("staff_organisation_edit", number)
