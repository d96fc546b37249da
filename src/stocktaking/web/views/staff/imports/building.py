"""The builder: what each column of a file becomes. Saving makes a new version of the profile."""

from dataclasses import replace
from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.queries.imports import framework, profile
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.faults import ProfileBroken
from stocktaking.intake.rules.profiles.guessing import guess
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.reading import Head, Reading, Unreadable
from stocktaking.web.access import allow
from stocktaking.web.forms.base import Problem
from stocktaking.web.forms.imports.builder import Builder
from stocktaking.web.forms.imports.rows import RARE
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.imports.frame import (
    OpenedFile,
    columns_of,
    file_or_404,
    reading_stated,
    wizard_page,
)
from stocktaking.web.views.staff.imports.starting import (
    own,
    problems_of,
    profile_of,
    save,
    start,
)
from stocktaking.web.views.staff.once import key_for

ADD, READ = "constant", "read"  # buttons that only show the form again


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, file: int) -> HttpResponse:
    """``profile`` and ``version`` name the profile to change, ``batch`` an import whose profile
    it is; without either we propose one."""
    opened = file_or_404(request, file)
    data, act = _data(request), request.POST.get("act", "")
    try:
        base, head, problems = _begin(request, opened, data)
    except Unreadable:
        return redirect("staff_import_file", opened.number)  # where it is told, and how to help
    quiet = act in (ADD, READ)
    builder = Builder(base, head, columns_of(head), framework(), data, quiet=quiet)
    if data is not None and not quiet:
        if builder.is_valid() and not problems:
            try:
                return _saved(request, opened, builder.made, act)
            except RuleBroken as error:
                problems = problems_of(error)
        problems = [*problems, *builder.problems()]
    context = {
        "file": opened,
        "crumbs": [(reverse("staff_import_file", args=[opened.number]), opened.name)],
        "builder": builder,
        "groups": builder.groups(),
        "rare": RARE,
        "guessed": not _named(request),
        "problems": problems,
        "idempotency_key": key_for(request),
    }
    return wizard_page(request, "build", context, status=REFUSED if problems else 200)


def _begin(
    request: HttpRequest, opened: OpenedFile, data: QueryDict | None
) -> tuple[Profile, Head, list[Problem]]:
    """The profile to begin with, and what the file is when it is read as somebody says."""
    known = _base(request)
    stated = data if data is not None else request.GET
    if opened.sent_back:  # we wrote it: how the file is read that it is about, it cannot tell
        head, _found, _refused = reading_stated(opened, None, QueryDict())
        base = own(known) if known else _proposed(opened, head, Reading())
        return base, head, []
    head, reading, refused = reading_stated(opened, known.reading if known else None, stated)
    problems = [Problem("reading", _("How the file is read"), str(refused))] if refused else []
    if known is None:
        return _proposed(opened, head, reading), head, problems
    return replace(own(known), reading=known.reading if data else reading), head, problems


def _proposed(opened: OpenedFile, head: Head, reading: Reading) -> Profile:
    """From the columns alone, under the name of the file."""
    guessed = guess(head, framework())
    stem = PurePath(opened.name).name.split(".")[0]
    slug = slugify(stem)[:40].strip("-") or guessed.slug
    system = slug if guessed.identity.system else ""
    asked = {name: value for name, value in vars(reading).items() if value}
    return replace(
        guessed,
        slug=slug,
        title={languages.current().code: stem[:100]},
        identity=replace(guessed.identity, system=system),
        reading=replace(guessed.reading, **asked),
        recognises=tuple(columns_of(head)),
    )


def _named(request: HttpRequest) -> bool:
    return bool(text_in(request, "profile") or number_in(request, "batch"))


def _base(request: HttpRequest) -> Profile | None:
    if not _named(request):
        return None
    if number := number_in(request, "batch"):
        batch = ImportBatch.objects.filter(number=number).first()
        found = profile_of(batch) if batch else None
    else:
        found = _profile(text_in(request, "profile"), number_in(request, "version"))
    if found is None or found.is_own:
        raise Http404
    return found


def _profile(slug: str, version: int | None) -> Profile | None:
    try:
        return profile(slug, version)
    except ProfileBroken:
        return None


def _data(request: HttpRequest) -> QueryDict | None:
    """What was sent, with one more row for constants where the button asks for it."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    total = data.get("constants-TOTAL_FORMS", "")
    if data.get("act") == ADD and total.isascii() and total.isdigit() and len(total) < 4:
        data["constants-TOTAL_FORMS"] = str(int(total) + 1)
    return data


def _saved(request: HttpRequest, opened: OpenedFile, made: Profile, act: str) -> HttpResponse:
    kept = save(request, made)
    if act == "save":
        messages.success(
            request,
            _("The profile is saved as version %(version)s.") % {"version": kept.version},
        )
        return redirect("staff_import_profile", kept.slug)
    return redirect("staff_import", start(request, opened, parse(kept.text)).number)
