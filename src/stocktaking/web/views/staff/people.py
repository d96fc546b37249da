"""People and the staff roles they hold."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import grant_role, revoke_role
from stocktaking.accounts.queries import permission_table
from stocktaking.accounts.queries.people import people, person_row
from stocktaking.accounts.rules.roles import STAFF_ROLES, Capability, Role
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_people"
SIZE = 50
ROLES = {
    Role.VISITOR: gettext_lazy("Visitor"),
    Role.PERSON: gettext_lazy("Person with an account"),
    Role.ORGANISATION_EDITOR: gettext_lazy("Organisation editor"),
    Role.MODERATOR: gettext_lazy("Moderator"),
    Role.ORGANISER: gettext_lazy("Organiser"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
}
CAPABILITIES = {
    Capability.READ: gettext_lazy("Read the register"),
    Capability.HOLD_ACCOUNT: gettext_lazy("Hold an account"),
    Capability.EDIT_OWN_ORGANISATION: gettext_lazy("Edit the own organisation"),
    Capability.SEE_DESK: gettext_lazy("See the desk"),
    Capability.SEE_UNPUBLISHED: gettext_lazy("See unpublished entries"),
    Capability.EDIT_ENTRIES: gettext_lazy("Edit entries"),
    Capability.PUBLISH_ENTRIES: gettext_lazy("Publish entries"),
    Capability.WITHDRAW_ENTRIES: gettext_lazy("Withdraw entries"),
    Capability.EDIT_ORGANISATIONS: gettext_lazy("Edit organisations"),
    Capability.EDIT_COLLECTIONS: gettext_lazy("Edit collections"),
    Capability.EDIT_PAGES: gettext_lazy("Edit the pages of the site"),
    Capability.EDIT_REFERENCE: gettext_lazy("Edit labels of schemes and terms"),
    Capability.GRANT_ROLES: gettext_lazy("Grant roles"),
    Capability.OPERATE: gettext_lazy("Run the search index and jobs"),
}


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
        "found": [(person, [ROLES[role] for role in person.roles]) for person in found],
        "total": total,
        "text": text,
        "staff": staff,
        "pager": Pager.of(page=page, total=total, size=SIZE, url=url),
        "roles": list(ROLES.values()),
        "table": [(CAPABILITIES[row.capability], row.held) for row in permission_table()],
    }
    return desk_page(request, "web/staff/people.html", HERE, context)


@allow(Capability.GRANT_ROLES)
@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    row = person_row(number)
    if row is None:
        raise Http404
    roles = [(role.value, ROLES[role], role in row.roles) for role in STAFF_ROLES]
    return desk_page(request, "web/staff/person.html", HERE, {"row": row, "roles": roles})


@allow(Capability.GRANT_ROLES)
@require_POST
def change_role(request: HttpRequest, number: int, role: str) -> HttpResponse:
    """Grant the role, or take it back, as the button ``act`` says."""
    whom = get_object_or_404(Person, pk=number)
    if role not in STAFF_ROLES:
        raise Http404
    wanted = Role(role)
    change = grant_role if request.POST.get("act") == "grant" else revoke_role
    try:
        change(person=whom, role=wanted, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    if whom == person_of(request) and wanted is Role.ADMINISTRATOR and change is revoke_role:
        # who gave the role away may not see this page any more
        return redirect("home")
    return redirect("staff_person", number)
