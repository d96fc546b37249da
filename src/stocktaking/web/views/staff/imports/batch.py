"""One import: how far it is, what came of it or would come of it, row by row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.operations.imports.words import told
from stocktaking.intake.queries import imports
from stocktaking.intake.queries.imports import BatchView, Reason, RowsPage, RowView
from stocktaking.intake.states import BatchState, RowVerdict
from stocktaking.kernel import charts, languages, tables
from stocktaking.kernel.paging import Pager
from stocktaking.kernel.reading import FileKind
from stocktaking.reference.queries import catalogue
from stocktaking.web.access import allow
from stocktaking.web.forms.imports.run import RunForm
from stocktaking.web.forms.imports.values import mappable
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.imports.frame import wizard_page
from stocktaking.web.views.staff.imports.starting import profile_by_number
from stocktaking.web.views.staff.once import key_for

SIZE = 25
NOTED = "noted"
SHOWN_REASONS, SHOWN_UNREAD, SHOWN_UNKNOWN = 12, 30, 6
VERDICTS = {
    RowVerdict.CREATED: gettext_lazy("Created"),
    RowVerdict.UPDATED: gettext_lazy("Updated"),
    RowVerdict.UNCHANGED: gettext_lazy("Unchanged"),
    RowVerdict.REFUSED: gettext_lazy("Refused"),
}
TRIED = {
    RowVerdict.CREATED: gettext_lazy("To create"),
    RowVerdict.UPDATED: gettext_lazy("To update"),
    RowVerdict.UNCHANGED: gettext_lazy("Unchanged"),
    RowVerdict.REFUSED: gettext_lazy("Refused"),
}
WOULD = {
    RowVerdict.CREATED: gettext_lazy("Would be created"),
    RowVerdict.UPDATED: gettext_lazy("Would be updated"),
    RowVerdict.UNCHANGED: gettext_lazy("Would stay as they are"),
    RowVerdict.REFUSED: gettext_lazy("Would be refused"),
}


@dataclass(frozen=True)
class Asked:
    """Which rows are asked for; ``verdict`` is one of ``RowVerdict``, ``noted``, or nothing."""

    number: int
    verdict: str
    code: str
    column: str | None
    page: int

    def url(self, **other: Any) -> str:
        held = {"verdict": self.verdict, "code": self.code, "column": self.column, **other}
        kept = {name: value for name, value in held.items() if value or name == "column"}
        if not kept.get("code") or kept.get("column") is None:
            kept.pop("column", None)
        query = f"?{urlencode(kept)}" if kept else ""
        return f"{reverse('staff_import', args=[self.number])}{query}#rows"

    def rows(self) -> RowsPage:
        return imports.rows(
            self.number,
            verdict=RowVerdict(self.verdict) if self.verdict in set(RowVerdict) else None,
            noted=self.verdict == NOTED,
            code=self.code,
            column=self.column,
            first=(self.page - 1) * SIZE,
            size=SIZE,
        )


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    return show(request, batch_or_404(number))


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def progress(request: HttpRequest, number: int) -> JsonResponse:
    """How far it is, for the script that draws the bar anew."""
    batch = batch_or_404(number)
    return JsonResponse({"open": batch.open, "share": batch.share, "told": told_of(batch)})


def batch_or_404(number: int) -> BatchView:
    found = imports.batch(number)
    if found is None:
        raise Http404
    return found


def show(
    request: HttpRequest,
    batch: BatchView,
    *,
    form: RunForm | None = None,
    problems: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; ``form`` is the one that was sent and refused."""
    who = Person.objects.filter(pk=batch.by_id).first() if batch.by_id else None
    context = {
        "batch": batch,
        "title": title_of(batch),
        "who": who,
        "told": told_of(batch),
        "tiles": tiles(batch),
        "problems": problems or [],
        "idempotency_key": key_for(request),
        **(_ended(request, batch, form) if not batch.open else {}),
    }
    return wizard_page(request, "batch", context, status=status)


def _ended(request: HttpRequest, batch: BatchView, form: RunForm | None) -> dict[str, Any]:
    """What there is to see once nothing is being done with it."""
    asked, profile = _asked(request, batch.number), profile_by_number(batch.number)
    found, why = asked.rows(), imports.reasons(batch.number)
    shown = imports.changes_of(found.rows, language=languages.current().code)
    words = TRIED if batch.dry_run else VERDICTS
    tried = batch.dry_run and batch.state is BatchState.DONE
    return {
        "asked": asked,
        "found": found,
        "listed": [(row, words[row.verdict], shown.get(row.place, ())) for row in found.rows],
        "tabs": list(_tabs(batch, asked)),
        "reasons": [(one, _reason_url(asked, one)) for one in why[:SHOWN_REASONS]],
        "more_reasons": max(0, len(why) - SHOWN_REASONS),
        "clear_url": asked.url(code="", page=None),
        "asked_reason": _reason_asked(asked, why),
        "unread": sorted(batch.unread.items(), key=lambda one: -one[1])[:SHOWN_UNREAD],
        "unknown": unknown_of(batch, SHOWN_UNKNOWN),
        "unknown_count": sum(len(counts) for counts in batch.unknown.values()),
        "may_map": bool(batch.unknown) and profile is not None and mappable(profile, batch.unknown),
        "may_build": profile is not None and not profile.is_own,
        "nested": batch.kind in (FileKind.JSONL, FileKind.XML),
        "pager": Pager.of(
            page=asked.page,
            total=found.total,
            size=SIZE,
            url=lambda page: asked.url(page=page if page > 1 else None),
        ),
        "fitting": batch.created + batch.updated,
        "imported_as": imports.imported_after(batch.number, batch.file) if tried else None,
        "run_form": (form or RunForm(batch)) if tried else None,
    }


def _asked(request: HttpRequest, number: int) -> Asked:
    verdict = text_in(request, "verdict")
    code = text_in(request, "code")
    return Asked(
        number=number,
        verdict=verdict if verdict in (*RowVerdict, NOTED) else "",
        code=code,
        column=request.GET["column"][:500] if code and "column" in request.GET else None,
        page=number_in(request, "page") or 1,
    )


def _reason_asked(asked: Asked, why: Sequence[Reason]) -> str:
    """The sentence of the reason that is asked for, as its first record has it."""
    for one in why:
        if one.note.code == asked.code and asked.column in (None, one.note.column):
            return told(one.note)
    return asked.code


def _reason_url(asked: Asked, one: Reason) -> str:
    return asked.url(verdict="", code=one.note.code, column=one.note.column, page=None)


def _tabs(batch: BatchView, asked: Asked) -> Iterator[tuple[object, str, bool, int]]:
    """Label, address, whether it is the present one, how many rows."""
    counts, words = batch.counts, TRIED if batch.dry_run else VERDICTS
    every = [("", _("All"), sum(counts.values()))]
    every += [(verdict.value, str(words[verdict]), counts[verdict]) for verdict in RowVerdict]
    every.append((NOTED, _("With a note"), batch.noted))
    for value, label, count in every:
        current = value == asked.verdict and not asked.code
        yield label, asked.url(verdict=value, code="", page=None), current, count


def tiles(batch: BatchView) -> list[tuple[object, int, str, bool]]:
    """What came of it, or would: words, how many, the address of the rows, whether it is bad."""
    words = WOULD if batch.dry_run else VERDICTS
    asked = Asked(batch.number, "", "", None, 1)
    return [
        (words[verdict], count, asked.url(verdict=verdict.value), verdict is RowVerdict.REFUSED)
        for verdict, count in batch.counts.items()
    ]


def unknown_of(batch: BatchView, most: int) -> list[tuple[str, list[tuple[str, int]], int]]:
    """Values that are no terms by the name of their scheme, the most frequent first, and how
    many different ones there are."""
    known = catalogue()
    found = []
    for slug, counts in batch.unknown.items():
        scheme = known.scheme(slug)
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        found.append((scheme.label() if scheme else slug, ordered[:most], len(counts)))
    return found


def title_of(batch: BatchView) -> str:
    words = _("Trial %(number)s") if batch.dry_run else _("Import %(number)s")
    return words % {"number": batch.number}


def told_of(batch: BatchView) -> str:
    """How far it is, in a sentence."""
    if batch.state is BatchState.WAITING:
        return _("It waits for a worker.")
    if batch.total is None:
        return _("The file is being read.")
    done = batch.job.done if batch.state is BatchState.UNDOING and batch.job else batch.position
    total = batch.job.total if batch.state is BatchState.UNDOING and batch.job else batch.total
    figures = {"done": charts.figure(done), "total": charts.figure(total or 0)}
    return _("%(done)s of %(total)s records") % figures


@allow(Capability.IMPORT_ENTRIES)
@require_safe
def row(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """One record: what the file says, what became of it and why, what it changes."""
    batch, found = batch_or_404(number), imports.row(number, place)
    if found is None:
        raise Http404
    shown = imports.changes_of([found], language=languages.current().code)
    context = {
        "batch": batch,
        "crumbs": [(reverse("staff_import", args=[number]), title_of(batch))],
        "row": found,
        "verdict": (TRIED if batch.dry_run else VERDICTS)[found.verdict],
        "data": list(_data(found)),
        "changes": shown.get(place, ()),
    }
    return wizard_page(request, "row", context)


def _data(found: RowView) -> Iterator[tuple[str, str, bool]]:
    """Column, what stands there, whether something is wrong with it; of refused records."""
    if found.verdict is not RowVerdict.REFUSED:
        return
    wrong = {fault.column for fault in found.faults}
    for column, value in found.data.items():
        yield column, _written(value), any(_within(one, column) for one in wrong)


def _within(path: str, column: str) -> bool:
    return path == column or path.startswith((f"{column}.", f"{column}@", f"{column}["))


def _written(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return tables.plain(value)
