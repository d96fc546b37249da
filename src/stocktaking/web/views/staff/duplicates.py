"""Entries that are there twice: the list, two of them side by side, merging and undoing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.rules.merging import Take
from stocktaking.intake import operations
from stocktaking.intake.queries.duplicates import (
    PairPage,
    families,
    last_look,
    pair_page,
    pairs,
)
from stocktaking.intake.states import PairState
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.kernel.paging import Pager
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.search import number_in
from stocktaking.web.views.staff.frame import REFUSED, based_on, desk_page, status_of
from stocktaking.web.views.staff.once import key_for, once

HERE = "staff_duplicates"
SIZE = 50
CHOICE = "take:"
TABS = [
    (PairState.OPEN, gettext_lazy("To decide")),
    (PairState.APART, gettext_lazy("Two projects")),
    (PairState.MERGED, gettext_lazy("Merged")),
]


@allow(Capability.MERGE_ENTRIES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Pairs in one state, series, and how the last look went; ``?one=&other=`` leads to two."""
    one, other = number_in(request, "one"), number_in(request, "other")
    if one and other and pair_page(one, other, language=languages.current().code):
        return redirect("staff_duplicates_pair", one, other)
    asked = request.GET.get("state", "")
    state = PairState(asked) if asked in list(PairState) else PairState.OPEN
    page = number_in(request, "page") or 1
    found = pairs(state, language=languages.current().code, page=page, size=SIZE)
    series, all_series = families()
    here = reverse(HERE)

    def url(number: int, of: PairState = state) -> str:
        asked = [f"state={of}"] if of != PairState.OPEN else []
        asked += [f"page={number}"] if number > 1 else []
        return here + ("?" + "&".join(asked) if asked else "")

    context = {
        "found": found,
        "state": state,
        "tabs": [(label, url(1, one), one == state, found.counts[one]) for one, label in TABS],
        "series": series if state == PairState.OPEN else [],
        "all_series": all_series,
        "looked": last_look(),
        "operates": can(person_of(request), Capability.OPERATE),
        "unknown": bool(one or other),
        "idempotency_key": key_for(request),
        "pager": Pager.of(page=page, total=found.total, size=SIZE, url=url),
    }
    return desk_page(
        request,
        "web/staff/duplicates/list.html",
        HERE,
        context,
        status=REFUSED if context["unknown"] else 200,
    )


@allow(Capability.MERGE_ENTRIES)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look through the register; while a job waits or runs, nothing more is begun."""
    operations.ask_for_duplicates(by=person_of(request), at=clock.now())
    messages.success(request, _("The register is being looked through."))
    return redirect(HERE)


@allow(Capability.MERGE_ENTRIES)
@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    try:
        operations.settle_family(family_id=number, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted. The series is not shown again."))
    return redirect(HERE)


@allow(Capability.MERGE_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, kept: int, merged: int) -> HttpResponse:
    """Two entries side by side; ``act`` says what is done: preview, merge, apart, again, undo."""
    chosen = _chosen(request.POST)
    found = pair_page(kept, merged, chosen=chosen, language=languages.current().code)
    if found is None:
        raise Http404
    act = request.POST.get("act", "")
    if act not in _ACTS:
        return _page(request, found)
    try:
        once(
            request,
            scope=f"staff_duplicates_{act}",
            content=(kept, merged, sorted(chosen.items()), request.POST.get("note", "")),
            at=clock.now(),
            make=lambda: _done(request, act, found, chosen),
        )
    except RuleBroken as error:
        return _page(request, found, error)
    messages.success(request, str(_ACTS[act]) % {"kept": kept, "merged": merged})
    if act in ("merge", "apart"):
        return redirect(HERE)
    return redirect("staff_duplicates_pair", kept, merged)


_ACTS: dict[str, Any] = {
    "merge": gettext_lazy("Entry %(merged)s went into entry %(kept)s."),
    "apart": gettext_lazy("Noted: entries %(kept)s and %(merged)s are two projects."),
    "again": gettext_lazy("Entries %(kept)s and %(merged)s are to be decided about again."),
    "undo": gettext_lazy("Entries %(kept)s and %(merged)s are two entries again."),
}


def _done(
    request: HttpRequest, act: str, found: PairPage, chosen: Mapping[str, Take]
) -> dict[str, Any]:
    by: dict[str, Any] = {"by": person_of(request), "at": clock.now()}
    pair_id = found.row.pk if found.row else 0
    if act == "merge":
        operations.merge_pair(
            kept=found.kept.number,
            merged=found.merged.number,
            based_on=(based_on(request), _number(request, "based_on_other")),
            chosen=chosen,
            **by,
        )
    elif act == "apart":
        note = request.POST.get("note", "")
        operations.set_apart(pair_id=pair_id, based_on=_number(request, "lock"), note=note, **by)
    elif act == "again":
        operations.ask_again(pair_id=pair_id, based_on=_number(request, "lock"), **by)
    else:
        operations.undo_merge(merging=found.merging.pk if found.merging else 0, **by)
    return {"done": act}


def _page(request: HttpRequest, found: PairPage, error: RuleBroken | None = None) -> HttpResponse:
    broken = error.errors if isinstance(error, RulesBroken) else [error] if error else []
    context = {
        "found": found,
        "preview": found.preview,
        "sides": (found.preview.kept, found.preview.merged),
        "cards": (found.kept, found.merged),
        "refusals": [str(one) for one in broken],
        "note": request.POST.get("note", ""),
        "compared": found.preview,  # read by the list of changes
        "idempotency_key": key_for(request),
    }
    status = status_of(error) if error else 200
    return desk_page(request, "web/staff/duplicates/pair.html", HERE, context, status=status)


def _chosen(posted: Mapping[str, str]) -> dict[str, Take]:
    """What was taken, by the names of choices; what nobody offered counts as not chosen."""
    offered = {one.value for one in Take}
    return {
        name.removeprefix(CHOICE): Take(value)
        for name, value in posted.items()
        if name.startswith(CHOICE) and value in offered
    }


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
