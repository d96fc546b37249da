"""Who acts for an organisation, as its own people see and change it."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts import operations, queries
from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.permissions import can, may_own
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.forms.membership import InviteForm
from stocktaking.web.guard import limited
from stocktaking.web.views.account.own import signed_in

REFUSED = 422
HOUR = dt.timedelta(hours=1)


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_safe
def organisation(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody who acts for it; owners change who does."""
    if not _member(signed_in(request), number):
        raise Http404
    return _page(request, number, InviteForm())


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_POST
@limited("member invitation", most=60, every=HOUR)  # each is a mail to a stranger
def invite(request: HttpRequest, number: int) -> HttpResponse:
    person, body = signed_in(request), _own(request, number)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            operations.invite_member(
                organisation=body,
                email=form.cleaned_data["email"],
                standing=Membership.Standing(form.cleaned_data["standing"]),
                language=languages.current().code,
                by=person,
                at=clock.now(),
            )
            return _back(number)
        except RuleBroken as refused:
            form.add_rule(refused)
    return _page(request, number, form, status=REFUSED)


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_POST
def take_back(request: HttpRequest, number: int, invitation_id: int) -> HttpResponse:
    body = _own(request, number)
    operations.take_back_invitation(
        organisation=body, invitation_id=invitation_id, by=signed_in(request), at=clock.now()
    )
    return _back(number)


@allow(Capability.EDIT_OWN_ORGANISATION)
@require_POST
def change_member(request: HttpRequest, number: int, person_id: int) -> HttpResponse:
    """The button says what: ``owner``, ``editor``, ``remove``. Leaving is removing oneself."""
    body, person = get_object_or_404(Organisation, number=number), signed_in(request)
    whom = Person.objects.filter(pk=person_id, memberships__organisation=number).first()
    change = CHANGES.get(request.POST.get("act", ""))
    if not _member(person, number) or whom is None or change is None:
        raise Http404
    try:
        change(body, whom, person)
    except RuleBroken as refused:
        form = InviteForm()
        return _page(request, number, form, status=REFUSED, refused=str(refused))
    return _back(number) if _member(person, number) else redirect("account")


@allow(Capability.HOLD_ACCOUNT)
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """What waits for the person's answer."""
    waiting = queries.invitations_for(signed_in(request), at=clock.now())
    return _invitations(request, waiting)


@allow(Capability.HOLD_ACCOUNT)
@require_POST
def answer(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Accept or decline one of them."""
    person, at = signed_in(request), clock.now()
    accept = request.POST.get("act") == "accept"
    try:
        member = operations.answer_invitation(
            invitation_id=invitation_id, accept=accept, by=person, at=at
        )
    except RuleBroken as refused:
        waiting = queries.invitations_for(person, at=at)
        return _invitations(request, waiting, refused=str(refused), status=410)
    return _back(member.organisation_id) if member else redirect("account_invitations")


@allow(Capability.HOLD_ACCOUNT)
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of a mail leads; its answer is given by a button."""
    person, at = signed_in(request), clock.now()
    found = queries.invitation_for(token, at=at)
    if found is None:
        refused = str(operations.INVITATION_GONE)
        return _invitations(request, [], refused=refused, status=410)
    if found.email != person.email.lower():
        return render(request, "web/account/invitation_other.html", status=403)
    return _invitations(request, [found])


def _invitations(
    request: HttpRequest,
    waiting: list[queries.InvitationView],
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"waiting": waiting, "refused": refused, "section": "account"}
    return render(request, "web/account/invitations.html", context, status=status)


def _page(
    request: HttpRequest, number: int, form: InviteForm, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    body = queries.organisation(number)
    person = signed_in(request)
    owner = may_own(person, number)
    context = {
        "body": body,
        "members": queries.members(number),
        "owner": owner,
        "me": person,
        "invited": queries.invitations(number, at=clock.now()) if owner else [],
        "form": form,
        "refused": refused,
        "section": "account",
        "noindex": True,
    }
    return render(request, "web/account/organisation.html", context, status=status)


def _own(request: HttpRequest, number: int) -> Organisation:
    """The organisation, for its owners; hidden from everybody else."""
    body = get_object_or_404(Organisation, number=number)
    if not may_own(signed_in(request), number):
        raise Http404
    return body


def _member(person: Person, number: int) -> bool:
    return can(person, Capability.EDIT_OWN_ORGANISATION, number)


def _back(number: int) -> HttpResponse:
    return redirect("account_organisation", number)


def _stand(standing: Membership.Standing) -> Callable[[Organisation, Person, Person], object]:
    def change(body: Organisation, whom: Person, by: Person) -> object:
        return operations.add_member(
            organisation=body, person=whom, standing=standing, by=by, at=clock.now()
        )

    return change


def _remove(body: Organisation, whom: Person, by: Person) -> object:
    return operations.remove_member(organisation=body, person=whom, by=by, at=clock.now())


CHANGES: dict[str, Callable[[Organisation, Person, Person], object]] = {
    "owner": _stand(Membership.Standing.OWNER),
    "editor": _stand(Membership.Standing.EDITOR),
    "remove": _remove,
}
