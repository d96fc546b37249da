"""Values that a trial found to be no terms: somebody says what they mean, and tries again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.kernel.errors import RuleBroken
from stocktaking.reference.queries import catalogue
from stocktaking.web.access import allow
from stocktaking.web.forms.base import Problem
from stocktaking.web.forms.imports.values import ValuesForm, mappable
from stocktaking.web.forms.imports.words import UNKNOWN_NAMES
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.imports.batch import batch_or_404, title_of
from stocktaking.web.views.staff.imports.frame import opened_of, wizard_page
from stocktaking.web.views.staff.imports.starting import own, problems_of, profile_of, save, start
from stocktaking.web.views.staff.once import key_for


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: int) -> HttpResponse:
    """What is chosen goes into a new version of the profile, and the file is tried again."""
    batch = batch_or_404(number)
    row = ImportBatch.objects.select_related("file").get(number=number)
    profile = profile_of(row)
    known = catalogue().schemes
    data = request.POST if request.method == "POST" else None
    if profile is None:
        raise Http404
    forms = [
        ValuesForm(known[slug], batch.unknown[slug], profile, data)
        for slug in mappable(profile, list(batch.unknown))
        if slug in known
    ]
    if not forms:
        raise Http404
    problems: list[Problem] = []
    if data is not None:
        made = profile
        for form in forms:
            made = form.stated(made)
        try:
            kept = save(request, own(made))
            return redirect("staff_import", start(request, opened_of(row), parse(kept.text)).number)
        except RuleBroken as error:
            problems = problems_of(error)
    context = {
        "batch": batch,
        "crumbs": [(reverse("staff_import", args=[number]), title_of(batch))],
        "forms": forms,
        "unknown_names": UNKNOWN_NAMES,
        "problems": problems,
        "idempotency_key": key_for(request),
    }
    return wizard_page(request, "values", context, status=REFUSED if problems else 200)
