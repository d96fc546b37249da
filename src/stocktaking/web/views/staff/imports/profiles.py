"""Profiles: the list, their versions, a new version as a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import ImportProfile
from stocktaking.intake.queries.imports import framework
from stocktaking.intake.rules.profiles.shipped import texts
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.forms.imports.profile import ProfileFileForm
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.imports.frame import wizard_page
from stocktaking.web.views.staff.imports.known import known_profiles
from stocktaking.web.views.staff.imports.starting import save_text


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return wizard_page(request, "profiles", {"found": list(known_profiles().values())})


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A profile that was written, or one of another register."""
    return _edit(request, None, "")


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version as a file that can be changed, and all versions."""
    versions = list(ImportProfile.objects.filter(slug=slug).order_by("-version"))
    shipped = texts().get(slug)
    if not versions and shipped is None:
        raise Http404
    return _edit(request, versions, slug)


def _edit(request: HttpRequest, versions: list[ImportProfile] | None, slug: str) -> HttpResponse:
    shown = versions[0].text if versions else texts().get(slug, "")
    known, status = framework(), 200
    form = ProfileFileForm(initial={"text": shown}, framework=known)
    if request.method == "POST":
        form = ProfileFileForm(request.POST, request.FILES, framework=known)
        status = REFUSED
        if form.is_valid() and form.profile is not None:
            try:
                kept = save_text(form.stated(), form.profile, request)
            except RuleBroken as error:
                form.add_rule(error, "text")
            else:
                told = _("The profile is saved as version %(version)s.")
                messages.success(request, told % {"version": kept.version})
                return redirect("staff_import_profile", kept.slug)
    people = Person.objects.in_bulk({one.by_id for one in versions or () if one.by_id})
    newest = known_profiles().get(slug)
    context = {
        "crumbs": [(reverse("staff_import_profiles"), _("Profiles"))],
        "slug": slug,
        "known": newest,
        "title": newest.words if newest else slug,
        "shipped": slug in texts() and not versions,
        "versions": [(one, str(people.get(one.by_id or 0, ""))) for one in versions or ()],
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
    }
    return wizard_page(request, "profile", context, status=status)


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def download(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The file of one version, to keep, to change, to take to another register."""
    kept = ImportProfile.objects.filter(slug=slug, version=version).first()
    text = kept.text if kept else _shipped(slug, version)
    if text is None:
        raise Http404
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{version}.toml"'
    return answer


def _shipped(slug: str, version: int) -> str | None:
    known = known_profiles().get(slug)
    return known.view.text if known and known.view.shipped and known.version == version else None
