"""What is done with an import: run what was tried out, stop, go on, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.operations.imports import (
    cancel_batch,
    resume_batch,
    undo_batch,
    undo_trial,
)
from stocktaking.intake.states import BatchState
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.imports.run import RunForm
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.imports.batch import batch_or_404, show, title_of
from stocktaking.web.views.staff.imports.frame import opened_of, wizard_page
from stocktaking.web.views.staff.imports.starting import problems_of, profile_of, start


@allow(Capability.IMPORT_ENTRIES)
@require_POST
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Import with the profile of a trial what the trial showed."""
    trial = batch_or_404(number)
    form = RunForm(trial, request.POST)
    if not trial.dry_run or trial.state is not BatchState.DONE:
        return redirect("staff_import", number)
    if not form.is_valid():
        return show(request, trial, form=form, problems=list(form.problems()), status=REFUSED)
    row = ImportBatch.objects.select_related("file").get(number=number)
    profile = profile_of(row)
    if profile is None:
        messages.error(request, _("This release cannot read the profile of the trial."))
        return redirect("staff_import", number)
    try:
        batch = start(
            request,
            opened_of(row),
            profile,
            trial=False,
            publish=form.cleaned_data["publish"],
            conflict=form.cleaned_data["conflict"],
        )
    except RuleBroken as error:
        return show(request, trial, form=form, problems=problems_of(error), status=REFUSED)
    return redirect("staff_import", batch.number)


@allow(Capability.IMPORT_ENTRIES)
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Asking twice has one effect: what was cancelled is refused, and says so."""
    return _act(request, number, cancel_batch, _("It ends after the rows that are being done."))


@allow(Capability.IMPORT_ENTRIES)
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    return _act(request, number, resume_batch, _("It goes on where it stopped."))


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """What undoing would do, and the button that does it."""
    batch = batch_or_404(number)
    if request.method == "POST":
        return _act(request, number, undo_batch, _("The import is being undone."))
    if not batch.may_undo:
        return redirect("staff_import", number)
    undone, kept = undo_trial(number=number)
    context = {
        "batch": batch,
        "crumbs": [(reverse("staff_import", args=[number]), title_of(batch))],
        "undone": undone,
        "kept": kept,
    }
    return wizard_page(request, "undo", context)


def _act(request: HttpRequest, number: int, change: Callable[..., Any], told: str) -> HttpResponse:
    batch_or_404(number)
    try:
        change(number=number, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("staff_import", number)
