"""An entry's own page, its versions, and the same entry for machines."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability, staff_only
from stocktaking.entries.panels import Panel, data_of, panels
from stocktaking.entries.queries import (
    EntryPage,
    SectionSaid,
    TermMark,
    difference,
    entry_page,
    export_documents,
    linked_data,
    versions,
)
from stocktaking.entries.queries.moment import last_changed
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.similar import similar
from stocktaking.kernel import languages
from stocktaking.kernel.tables import write_jsonl
from stocktaking.reference.queries import SchemeView, catalogue
from stocktaking.web.access import allow, has_second_factor, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional
from stocktaking.web.context import visitor
from stocktaking.web.sharing_entries import shared

FORMATS = {"json": "application/json", "jsonld": "application/ld+json"}


@dataclass(frozen=True)
class Marked:
    """A scheme with the terms of it that an entry carries."""

    scheme: SchemeView
    marks: tuple[TermMark, ...]

    @property
    def told(self) -> bool:
        return any(mark.note for mark in self.marks)


@dataclass(frozen=True)
class Tongue:
    """A language that the entry can be read in."""

    code: str
    origin: str
    url: str
    current: bool
    original: bool


def _moved(request: HttpRequest) -> object:
    """When the entry last changed: a withdrawn one is gone at once, before the index knows."""
    match = request.resolver_match
    return last_changed(match.kwargs["number"]) if match else None


@allow(Capability.READ)
@require_safe
@conditional(also=_moved)
def entry(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """The page of an entry; ``?text=`` chooses among the languages that it is written in."""
    page = found(request, number, request.GET.get("text", ""))
    if isinstance(page, HttpResponse):
        return page
    address = reverse("entry", args=[number, page.card.slug])
    if slug != page.card.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    return render(request, "web/register/entry.html", _shown(request, page, address))


@allow(Capability.READ)
@require_safe
def entry_machine(request: HttpRequest, number: int, slug: str, form: str) -> HttpResponse:
    """The entry as JSON or JSON-LD, in the language of the address."""
    page = found(request, number)
    return page if isinstance(page, HttpResponse) else machine_form(page, form)


@allow(Capability.READ)
@require_safe
@conditional(also=_moved)
def entry_history(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """The versions of an entry; ``?from=1&to=3`` shows what changed between two of them."""
    page = found(request, number)
    if isinstance(page, HttpResponse):
        return page
    address = reverse("entry_history", args=[number, page.card.slug])
    if slug != page.card.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    public_only = not may_see_unpublished(request)
    known = versions(number, public_only=public_only)
    asked = [_version(request.GET.get(name, "")) for name in ("from", "to")]
    compared = None
    if any(name in request.GET for name in ("from", "to")):
        if None in asked:
            raise Http404
        older, newer = sorted(one for one in asked if one is not None)
        language = languages.current().code
        compared = difference(number, older, newer, language=language, public_only=public_only)
        if compared is None:
            raise Http404
    return render(
        request,
        "web/register/history.html",
        {
            "section": "explore",
            "page": page,
            "versions": known,
            "steps": list(zip(known, [*known[1:], None], strict=True)),
            "compared": compared,
            "canonical": address,
            "noindex": compared is not None,
        },
    )


def found(request: HttpRequest, number: int, text: str = "") -> EntryPage | HttpResponse:
    """The entry, or the answer in its place: gone, moved, or not for this reader."""
    here = languages.current().code
    page = entry_page(number, text if 1 < len(text) <= 10 and text.isascii() else here)
    if page is None:
        raise Http404
    if page.merged_into is not None:
        return redirect("permalink", page.merged_into, permanent=True)
    if page.card.state == EntryState.WITHDRAWN:
        context = {"section": "explore", "page": page, "canonical": "", "noindex": True}
        return render(request, "web/register/withdrawn.html", context, status=410)
    if page.card.state != EntryState.PUBLISHED and not may_see_unpublished(request):
        raise Http404
    return page


def may_see_unpublished(request: HttpRequest) -> bool:
    """Whether the reader may see what is not public, with a second factor where one is due."""
    person = person_of(request)
    if person is None or not can(person, Capability.SEE_UNPUBLISHED):
        return False
    return not staff_only(Capability.SEE_UNPUBLISHED) or has_second_factor(request)


def machine_form(page: EntryPage, form: str) -> HttpResponse:
    """The entry for machines; anybody may fetch it from any site."""
    if page.card.state != EntryState.PUBLISHED:
        raise Http404
    if form == "jsonld":
        content = [linked_data(page, settings.BASE_URL)]
    else:  # as a line of the list in JSON lines
        content = list(export_documents([page.card.number]))
        if told := data_of(page.card.number):
            content = [{**document, "panels": told} for document in content]
    response = HttpResponse(b"".join(write_jsonl(content)), content_type=FORMATS[form])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _shown(request: HttpRequest, page: EntryPage, address: str) -> dict[str, object]:
    card = page.card
    framework = catalogue()
    grid = framework.grid()
    drawn = {grid.rows.slug, grid.columns.slug} if grid else set()
    marked = [
        Marked(scheme, card.of(slug)) for slug, scheme in framework.schemes.items() if card.of(slug)
    ]
    countries = [mark.term for mark in card.of("country")]
    on_grid = [mark for slug in drawn for mark in card.of(slug)]
    return {
        "section": "explore",
        "page": page,
        "card": card,
        "canonical": address,
        "noindex": card.state != EntryState.PUBLISHED,
        "draft": card.state == EntryState.UNPUBLISHED,
        "tongues": _tongues(page, address),
        "sections": _sections(page),
        "noted": [one for one in marked if one.scheme.noted],
        "others": [one for one in marked if one.scheme.slug not in {*drawn, "country"}],
        "countries": countries,
        "country_codes": [term.code for term in countries],
        "dashed": any(not mark.confirmed for one in marked for mark in one.marks),
        "crossed": on_grid,
        "similar": similar(card, languages.current().code, on=arrived_at(request).date()),
        "panels": _panels(request, card.number),
        "licence": page.licence or (page.source.licence if page.source else ""),
        "attribution": page.attribution or (page.source.attribution if page.source else ""),
        "owned": _is_owned(request, page),
        "permalink": settings.BASE_URL + reverse("permalink", args=[card.number]),
        **shared(page, address),
        "machine_urls": {
            form: reverse("entry_machine", args=[card.number, card.slug, form]) for form in FORMATS
        },
    }


def _is_owned(request: HttpRequest, page: EntryPage) -> bool:
    """Whether the reader acts for the entry's organisation, and so may vouch for it."""
    person, owner = visitor(request), page.card.organisation
    if person is None or owner is None or page.card.state != EntryState.PUBLISHED:
        return False
    return can(person, Capability.EDIT_OWN_ORGANISATION, owner.number)


def _panels(request: HttpRequest, number: int) -> list[tuple[Panel, SafeString]]:
    """What apps above show on this page."""
    here = languages.current().code
    filled = ((panel, panel.context(number, here)) for panel in panels())
    return [
        (panel, render_to_string(panel.template, context, request))
        for panel, context in filled
        if context is not None
    ]


def _sections(page: EntryPage) -> list[SectionSaid]:
    return [section for section in page.sections if section.said.text]


def _tongues(page: EntryPage, address: str) -> list[Tongue]:
    """The original first, then the translations."""
    here, shown = languages.current().code, page.card.title.language
    found = [
        Tongue(
            code=code,
            origin=said.origin.value,
            url=address if code == here else f"{address}?{urlencode({'text': code})}",
            current=code == shown,
            original=said.original,
        )
        for code, said in page.title_in.items()
    ]
    return sorted(found, key=lambda tongue: (not tongue.original, tongue.code))


def _version(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else None
