"""Two accounts of one person become one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.operations import merge_people
from stocktaking.accounts.queries import ROLE_NAMES
from stocktaking.accounts.queries.merging import merge_of
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.search import text_in
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_people"


@allow(Capability.MERGE_PEOPLE)
@require_safe
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """What moves when this account goes into the one with the address that was typed."""
    found = merge_of(kept=text_in(request, "kept"), merged=number)
    if found is None:
        messages.error(request, _("Write the e-mail address of another account."))
        return redirect("staff_person", number)
    roles = [(ROLE_NAMES[held.role], held.scope) for held in found.merged.grants]
    return desk_page(request, "web/staff/person_merge.html", HERE, {"merge": found, "roles": roles})


@allow(Capability.MERGE_PEOPLE)
@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponse:
    kept = request.POST.get("kept", "")
    target = int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 16 else 0
    try:
        merge_people(kept=target, merged=number, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("staff_person", number)
    messages.success(request, _("The two accounts are one now."))
    return redirect("staff_person", target)
