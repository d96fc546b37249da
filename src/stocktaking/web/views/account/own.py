"""A person's own page: what the register knows, and what can be done about it."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from stocktaking.accounts import operations, queries
from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import Capability, Role
from stocktaking.entries.queries import curated_by
from stocktaking.follow.queries import standing_of
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.views.account.forms import EraseForm, ProfileForm


@allow(Capability.HOLD_ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """Name, language, country, type; and the way to everything else."""
    person = signed_in(request)
    form = ProfileForm(request.POST or None, initial=profile_of(person))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.revise_person(
                person=person,
                name=data["name"],
                language=data["language"],
                country=data["country"] or None,
                stakeholder=data["stakeholder"] or None,
                by=person,
                at=clock.now(),
            )
            return redirect(f"{request.path}?saved=1")
        except RuleBroken as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    held = queries.roles_of(person)
    context = {
        "form": form,
        "account": person,
        "saved": request.GET.get("saved", "") if request.method == "GET" else "",
        "organisations": queries.organisations_of(person),
        "curated": curated_by(person, languages.current().code),
        "consents": queries.consents(person),
        "mail_stopped": standing_of(person).reason,
        "invitations": queries.invitations_for(person, at=clock.now()),
        "identities": bool(settings.IDENTITY_PROVIDERS),
        "roles": [queries.ROLE_NAMES[r] for r in Role if r in held and r is not Role.VISITOR],
        "section": "account",
    }
    return render(request, "web/account/account.html", context)


@require_POST
@allow(Capability.HOLD_ACCOUNT)
def consents(request: HttpRequest) -> HttpResponse:
    """What the person agrees to: each purpose whose box is ticked, and no other."""
    person = signed_in(request)
    ticked = request.POST.getlist("purpose")
    operations.set_consents(
        person=person,
        given={purpose: purpose.value in ticked for purpose in Purpose},
        language=languages.current().code,
        by=person,
        at=clock.now(),
    )
    return redirect(f"{reverse('account')}?saved=consents#consents")


@require_POST
@allow(Capability.HOLD_ACCOUNT)
def export(request: HttpRequest) -> HttpResponse:
    """All that is held of the person, as a file."""
    person = signed_in(request)
    data = operations.export_person(person=person, by=person, at=clock.now())
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@allow(Capability.HOLD_ACCOUNT)
def erase(request: HttpRequest) -> HttpResponse:
    """The account goes, after a tick that says that it is meant."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = signed_in(request)
        try:
            operations.erase_person(person=person, by=person, at=clock.now())
            logout(request)
            return redirect(settings.LOGOUT_REDIRECT_URL)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    return render(request, "web/account/erase.html", {"form": form, "section": "account"})


@require_POST
@allow(Capability.HOLD_ACCOUNT)
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End the sessions of all devices, this one too."""
    person = signed_in(request)
    operations.sign_out_everywhere(person=person, by=person, at=clock.now())
    logout(request)
    return redirect(settings.LOGIN_URL)


@allow(Capability.READ)
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what: the permission table itself, for everybody to read."""
    rows = [
        {"label": queries.CAPABILITY_NAMES[row.capability], "held": row.held}
        for row in queries.permission_table()
    ]
    context = {"rows": rows, "roles": [queries.ROLE_NAMES[role] for role in Role]}
    return render(request, "web/account/roles.html", context)


def signed_in(request: HttpRequest) -> Person:
    """The person of a request that ``allow`` has let in."""
    person = person_of(request)
    assert person is not None  # noqa: S101 - HOLD_ACCOUNT is never given to a visitor
    return person


def profile_of(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "language": person.language,
        "country": person.country.code if person.country else "",
        "stakeholder": person.stakeholder.code if person.stakeholder else "",
    }
