"""Sending the file, the first step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.files.rules.data import DATA
from stocktaking.kernel import clock
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.imports.upload import ACCEPT, INTO, MEGABYTES, UploadForm
from stocktaking.web.forms.search import text_in
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.imports.frame import wizard_page
from stocktaking.web.views.staff.imports.known import known_profiles


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``profile`` in the address is the one to go on with, as when a corrected file comes back.

    The same file sent twice is one file, so that this form needs no key of its own.
    """
    status, person, at = 200, person_of(request), clock.now()
    profile = text_in(request, "profile")
    form = UploadForm(by=person, at=at)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, by=person, at=at)
        if form.is_valid():
            query = f"?{urlencode({'profile': profile})}" if profile else ""
            return redirect(reverse("staff_import_file", args=[form.number]) + query)
        status = REFUSED
    going_on = known_profiles().get(profile) if profile else None
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "going_on": going_on.words if going_on else "",
        "into": INTO,
        "kinds": DATA,
        "accept": ACCEPT,
        "megabytes": MEGABYTES,
    }
    return wizard_page(request, "new", context, status=status)
