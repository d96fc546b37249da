"""People and the staff roles they hold."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import grant_role, revoke_role
from stocktaking.accounts.permissions import can
from stocktaking.accounts.queries import (
    CAPABILITY_NAMES,
    ROLE_NAMES,
    permission_table,
    scope_choices,
)
from stocktaking.accounts.queries.people import Held, PersonRow, people, person_row
from stocktaking.accounts.rules import scopes
from stocktaking.accounts.rules.roles import STAFF_ROLES, Capability, Role
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_people"
SIZE = 50


@allow(Capability.GRANT_ROLES)
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    text, page = text_in(request, "q"), number_in(request, "page") or 1
    staff = request.GET.get("staff") == "1"
    found, total = people(text, staff_only=staff, first=(page - 1) * SIZE, size=SIZE)

    def url(number: int) -> str:
        asked: dict[str, Any] = {"q": text} if text else {}
        asked |= {"staff": 1} if staff else {}
        return f"{reverse(HERE)}?{urlencode(asked | {'page': number})}"

    context = {
        "found": [(person, [_named(held) for held in person.grants]) for person in found],
        "total": total,
        "text": text,
        "staff": staff,
        "pager": Pager.of(page=page, total=total, size=SIZE, url=url),
        "roles": [ROLE_NAMES[role] for role in Role],
        "table": [(CAPABILITY_NAMES[row.capability], row.held) for row in permission_table()],
    }
    return desk_page(request, "web/staff/people.html", HERE, context)


@allow(Capability.GRANT_ROLES)
@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    row = person_row(number)
    if row is None:
        raise Http404
    roles = [_choice(row, role) for role in STAFF_ROLES]
    may_merge = can(person_of(request), Capability.MERGE_PEOPLE)
    context = {"row": row, "roles": roles, "may_merge": may_merge}
    return desk_page(request, "web/staff/person.html", HERE, context)


def _named(held: Held) -> str:
    """A role with what it is held for, as one reads it in a list."""
    name = str(ROLE_NAMES[held.role])
    if held.scope is None:
        return name
    return _("%(role)s: %(scope)s") % {"role": name, "scope": held.scope}


def _choice(row: PersonRow, role: Role) -> dict[str, Any]:
    """A role with what it is held for, and what it may be held for besides."""
    held = [grant.scope for grant in row.grants if grant.role is role]
    taken = {(term.scheme, term.code) for term in held if term}
    offered = [
        (
            scheme,
            [
                (scopes.written((term.scheme, term.code)), term)
                for term in terms
                if (term.scheme, term.code) not in taken
            ],
        )
        for scheme, terms in scope_choices(role)
    ]
    return {
        "value": role.value,
        "name": ROLE_NAMES[role],
        "scoped": role in scopes.SCOPED_ROLES,
        "held": held,
        "grants": [(scopes.written((one.scheme, one.code)), one) for one in held if one],
        "offered": offered,
    }


@allow(Capability.GRANT_ROLES)
@require_POST
def change_role(request: HttpRequest, number: int, role: str) -> HttpResponse:
    """Grant the role, or take it back, as the button ``act`` says."""
    whom = get_object_or_404(Person, pk=number)
    if role not in STAFF_ROLES:
        raise Http404
    wanted = Role(role)
    change = grant_role if request.POST.get("act") == "grant" else revoke_role
    scope = scopes.read(request.POST.get("scope", ""))
    try:
        change(person=whom, role=wanted, scope=scope, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    if whom == person_of(request) and wanted is Role.ADMINISTRATOR and change is revoke_role:
        # who gave the role away may not see this page any more
        return redirect("home")
    return redirect("staff_person", number)
