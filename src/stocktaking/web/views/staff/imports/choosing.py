"""What the file is, and the profile to read it with."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.rules.profiles.reach import recognise, unread
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.reading import Head, Reading, Unreadable
from stocktaking.web.access import allow
from stocktaking.web.forms.base import Problem
from stocktaking.web.forms.imports.reading import ReadingForm
from stocktaking.web.forms.search import text_in
from stocktaking.web.views.staff.frame import REFUSED
from stocktaking.web.views.staff.imports.frame import (
    OpenedFile,
    columns_of,
    file_or_404,
    reading_stated,
    wizard_page,
)
from stocktaking.web.views.staff.imports.known import Known, known_profiles
from stocktaking.web.views.staff.imports.starting import problems_of, start
from stocktaking.web.views.staff.once import key_for

BUILD = "build"


@allow(Capability.IMPORT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, file: int) -> HttpResponse:
    """``profile`` in the address is the one to begin with; ``reading-*`` say how to read."""
    opened, known = file_or_404(request, file), known_profiles()
    problems: list[Problem] = []
    if request.method == "POST":
        chosen = known.get(request.POST.get("profile", ""))
        if chosen is not None and chosen.profile.is_own and request.POST.get("act") == BUILD:
            return redirect("staff_import_profile", chosen.slug)  # there is nothing to build
        if chosen is None or request.POST.get("act") == BUILD:
            return redirect(_build_url(request, opened, chosen))
        try:
            return redirect("staff_import", start(request, opened, chosen.profile).number)
        except RuleBroken as error:
            problems = problems_of(error)
    context = {
        "file": opened,
        "problems": problems,
        "idempotency_key": key_for(request),
        **_seen(request, opened, known),
    }
    return wizard_page(request, "file", context, status=REFUSED if problems else 200)


def _seen(request: HttpRequest, opened: OpenedFile, known: dict[str, Known]) -> dict[str, object]:
    """What the file is, and how well each profile fits it; or why it cannot be read."""
    asked = known.get(text_in(request, "profile"))
    before = asked.profile.reading if asked and not opened.sent_back else Reading()
    try:
        head, reading, refused = reading_stated(opened, before, request.GET)
    except Unreadable as error:
        form = ReadingForm(before, None, request.GET if request.GET else None)
        return {"unreadable": str(error), "reading_form": form}
    fitting = recognise(head, [one.profile for one in known.values()])
    recognised = known[fitting.slug] if fitting else None
    chosen, offered = asked or recognised, _offered(head, known.values())
    return {
        "head": head,
        "unreadable": str(refused) if refused else "",
        "columns": [(shown, head.samples.get(shown, ())) for shown in columns_of(head).values()],
        "recognised": recognised,
        "chosen": chosen.slug if chosen else "",
        "offered": [row for row in offered if row[0] is chosen],
        "others": [row for row in offered if row[0] is not chosen],
        "reading_form": ReadingForm(reading, head, request.GET if _read_so(request) else None),
        "read_so": _read_so(request),
    }


def _read_so(request: HttpRequest) -> bool:
    """Whether the address says how to read; only a new version of a profile can keep that."""
    return any(name.startswith("reading-") for name in request.GET)


def _build_url(request: HttpRequest, opened: OpenedFile, chosen: Known | None) -> str:
    asked = {name: str(value) for name, value in request.GET.items() if name.startswith("reading-")}
    if chosen is not None:
        asked |= {"profile": chosen.slug, "version": str(chosen.version)}
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse("staff_import_build", args=[opened.number]) + query


def _offered(head: Head, known: Iterable[Known]) -> list[tuple[Known, int]]:
    """The profiles for files of this kind that read something of this one; those that read most
    of it come first."""
    columns = list(columns_of(head))
    read = [
        (one, len(columns) - len(unread(replace(one.profile, ignored=()), columns)))
        for one in known
        if one.profile.reading.kind in (None, head.kind)
    ]
    return sorted((row for row in read if row[1]), key=lambda row: (-row[1], row[0].slug))
