"""Addresses that get no more mail: by whom, since when; stopping one, releasing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.outbox import queries
from stocktaking.outbox.operations import release_address, suppress_address
from stocktaking.outbox.states import Category
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.mail import StopForm
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.frame import REFUSED, desk_page
from stocktaking.web.views.staff.mail.words import CATEGORY, REASONS

HERE = "staff_mail"
SIZE = 50


@allow(Capability.SEE_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def stopped(request: HttpRequest) -> HttpResponse:
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if not can(person_of(request), Capability.MANAGE_MAIL):
            raise NotAllowed("not_allowed", _("You may not do this with your account."))
        if form.is_valid() and _stop(request, form):
            messages.success(request, _("The address gets no more mail."))
            return redirect("staff_mail_stopped")
    return _show(request, form)


def _stop(request: HttpRequest, form: StopForm) -> bool:
    typed = form.cleaned_data
    try:
        suppress_address(
            address=typed["address"],
            category=Category(typed["category"]) if typed["category"] else None,
            detail=typed["detail"],
            by=person_of(request),
            at=clock.now(),
        )
    except RuleBroken as error:
        form.add_rule(error)
        return False
    return True


def _show(request: HttpRequest, form: StopForm) -> HttpResponse:
    address, page = text_in(request, "address"), number_in(request, "page") or 1
    found = queries.suppressions(address)
    total = found.count()

    def url(number: int) -> str:
        asked = {"address": address} if address else {}
        return f"{reverse('staff_mail_stopped')}?{urlencode(asked | {'page': number})}"

    pager = Pager.of(page=page, total=total, size=SIZE, url=url)
    first = (pager.page - 1) * SIZE
    context = {
        "found": [
            (row, CATEGORY.get(row.category, row.category), REASONS.get(row.reason, row.reason))
            for row in found[first : first + SIZE]
        ],
        "total": total,
        "address": address,
        "pager": pager,
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "may_change": can(person_of(request), Capability.MANAGE_MAIL),
    }
    status = REFUSED if form.is_bound else 200
    return desk_page(request, "web/staff/mail/stopped.html", HERE, context, status=status)


@allow(Capability.MANAGE_MAIL)
@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    release_address(suppression_id=number, by=person_of(request), at=clock.now())
    messages.success(request, _("The address gets mail again."))
    return redirect("staff_mail_stopped")
