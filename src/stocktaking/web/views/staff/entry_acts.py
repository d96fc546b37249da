"""Publishing and withdrawing an entry, each on a page that asks once more."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import publish_entry, withdraw_entry
from stocktaking.entries.queries import reason_told, values_of
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.acts import WithdrawForm
from stocktaking.web.views.staff.frame import REFUSED, desk_page


@allow(Capability.PUBLISH_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, number: int) -> HttpResponse:
    entry = _entry_or_404(number)
    refusal = ""
    if request.method == "POST":
        try:
            publish_entry(number=number, by=person_of(request), at=clock.now())
        except RuleBroken as error:
            refusal = str(error)
        else:
            messages.success(request, _("Entry %(number)s is published.") % {"number": number})
            return redirect("staff_entry_edit", number)
    context = {
        "entry": entry,
        "title": values_of(number).original(),
        "withdrawal_reason": reason_told(entry.withdrawal_reason),
        "refusal": refusal,
    }
    return desk_page(
        request,
        "web/staff/entry_publish.html",
        "staff_entries",
        context,
        status=REFUSED if refusal else 200,
    )


@allow(Capability.WITHDRAW_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    entry = _entry_or_404(number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            withdraw_entry(
                number=number,
                reason=form.cleaned_data["reason"],
                merged_into=form.cleaned_data["merged_into"],
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("Entry %(number)s is withdrawn.") % {"number": number})
            return redirect("staff_entry_edit", number)
    context = {
        "entry": entry,
        "title": values_of(number).original(),
        "form": form,
        "may_merge": can(person_of(request), Capability.MERGE_ENTRIES),
        "problems": list(form.problems()),
    }
    return desk_page(
        request,
        "web/staff/entry_withdraw.html",
        "staff_entries",
        context,
        status=REFUSED if form.errors else 200,
    )


def _entry_or_404(number: int) -> Entry:
    entry = Entry.objects.filter(number=number).first()
    if entry is None:
        raise Http404
    return entry
