"""Two to four entries, or two to six countries or regions, side by side."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries.by_place import COUNTRY, REGION, Basis, facet_of
from stocktaking.insight.queries.comparison import (
    MOST_ENTRIES,
    EntriesCompared,
    compare_entries,
    followed,
)
from stocktaking.insight.queries.comparison_places import (
    MOST_PLACES,
    PlacesCompared,
    compare_places,
)
from stocktaking.insight.queries.similar import Similar, similar
from stocktaking.kernel import languages
from stocktaking.reference.queries import TermView, catalogue
from stocktaking.search.queries import answer
from stocktaking.web import comparison_tables, facets, places, sheets
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional
from stocktaking.web.comparing import ENTRY, Subjects, subjects
from stocktaking.web.sharing import share_of
from stocktaking.web.views.explore import BUILDING, building
from stocktaking.web.whereabouts import listed


def changes(request: HttpRequest) -> object:
    """When the entries last changed, or those that they were merged into: a withdrawn one is gone
    at once."""
    named = subjects(request, facets.filters(request))
    if named.kind != ENTRY:
        return ""
    return sorted((n, repr(one)) for n, one in followed(map(int, named.values)).items())


@allow(Capability.READ)
@require_safe
@conditional(also=changes)
def page(request: HttpRequest) -> HttpResponse:
    """What is named, side by side; too little to compare is explained, with a way on."""
    named = subjects(request, facets.filters(request))
    base, day = reverse("compare"), arrived_at(request).date()
    context: dict[str, Any] = {
        "section": "explore",
        "named": named,
        "question": named.asking.question,
        "compare_url": base,
        "csv_url": named.address(reverse("compare_file")),
        "canonical": named.address(base),
        "noindex": bool(named.kind),
    }
    if named.kind == ENTRY:
        compared = compare_entries([int(n) for n in named.values], languages.current().code)
        context |= entries_context(named, compared, base, day)
        return render(request, "web/compare/entries.html", context)
    if BUILDING in answer(named.asking.question.query).problems:
        return building(request)
    context |= places_context(named, base, day)
    return render(request, "web/compare/places.html", context)


@allow(Capability.READ)
@require_safe
@conditional(also=changes)
def file(request: HttpRequest) -> HttpResponse:
    """The same as CSV: one row for each term or fact, one column for each entry or place."""
    named = subjects(request, facets.filters(request))
    day = arrived_at(request).date()
    if named.kind == ENTRY:
        compared = compare_entries([int(n) for n in named.values], languages.current().code)
        columns, rows = comparison_tables.of_entries(compared)
    else:
        if BUILDING in answer(named.asking.question.query).problems:
            return building(request)
        columns, rows = comparison_tables.of_places(counted(named, day))
    return sheets.figures(columns, rows, f"stocktaking-compare-{day.isoformat()}")


def counted(named: Subjects, day: dt.date) -> PlacesCompared:
    return compare_places(
        named.asking.question.query,
        named.kind or COUNTRY,
        named.values,
        named.asking.basis,
        on=day,
    )


def entries_context(
    named: Subjects, compared: EntriesCompared, base: str, day: dt.date
) -> dict[str, Any]:
    shown = [str(page.card.number) for page in compared.entries]
    return {
        "compared": compared,
        "names": [page.card.title.text for page in compared.entries],
        "columns": [
            (page, named.address(base, [n for n in shown if n != str(page.card.number)]))
            for page in compared.entries
        ],
        "alike": alike(compared, day),
        "room": MOST_ENTRIES - len(shown),
        "fields": range(len(shown) + 1, MOST_ENTRIES + 1),
        "most": MOST_ENTRIES,
        "canonical": named.address(base, shown),
        "share": share_of(named.address(base, shown), title=_("Entries side by side")),
    }


def alike(compared: EntriesCompared, day: dt.date) -> list[Similar]:
    """What may stand beside the one entry that is named."""
    if len(compared.entries) != 1:
        return []
    card, language = compared.entries[0].card, languages.current().code
    return similar(card, language, on=day, limit=MOST_ENTRIES - 1)


def places_context(named: Subjects, base: str, day: dt.date) -> dict[str, Any]:
    compared = counted(named, day)
    shown = [one.term.code for one in compared.places]
    names = [one.term.short_label() for one in compared.places]
    regions = catalogue().scheme(REGION)
    own = [(named.parameter, code) for code in named.values]
    return {
        "compared": compared,
        "names": names,
        "columns": [
            (one, named.address(base, [code for code in shown if code != one.term.code]))
            for one in compared.places
        ],
        "tables": comparison_tables.linked(named, compared),
        "facts": comparison_tables.facts(named, compared),
        "chips": places.chips(named.asking, base, own),
        "words_url": saying(named, "").address(base),
        "clear_url": cleared(named).address(base),
        "too_many": _names(named.kind, named.values[MOST_PLACES:]),
        "most": MOST_PLACES,
        "countries": countries(),
        "regions": [
            (term, compared.kind == REGION and term.code in shown) for term in regions or ()
        ],
        "kept": [
            pair
            for pair in named.kept
            if pair[0] not in {facet_of(kind, named.asking.basis) for kind in (COUNTRY, REGION)}
        ],
        "country_name": facet_of(COUNTRY, named.asking.basis),
        "region_name": facet_of(REGION, named.asking.basis),
        "common": _common(compared),
        "fields": _fields(compared),
        "share": share_of(
            named.address(base, shown),
            title=_("Side by side: %(names)s") % {"names": listed(names)},
        ),
        "sides": [
            (name, seen_from(named, basis).address(base), basis == named.asking.basis)
            for basis, name in places.SIDES.items()
        ],
    }


def saying(named: Subjects, text: str) -> Subjects:
    """The same places, with other words."""
    question = named.asking.question.saying(text)
    return replace(named, asking=replace(named.asking, question=question))


def cleared(named: Subjects) -> Subjects:
    """The same places in the whole register."""
    question = named.asking.question.cleared()
    return replace(named, asking=replace(named.asking, question=question))


def seen_from(named: Subjects, basis: Basis) -> Subjects:
    """The same places from the other side."""
    return replace(named, asking=replace(named.asking, basis=basis))


def countries() -> list[TermView]:
    """All that can be chosen, by name."""
    scheme = catalogue().scheme(COUNTRY)
    return sorted(scheme or (), key=lambda term: term.short_label().casefold())


def _names(kind: str, codes: Sequence[str]) -> list[str]:
    framework = catalogue()
    found = (framework.term(kind, code) for code in codes)
    return [term.label() for term in found if term]


def _fields(compared: PlacesCompared) -> list[str]:
    """Names for the fields of the form: those shown, then empty ones."""
    held = [one.term.short_label() for one in compared.places] if compared.kind == COUNTRY else []
    return [*held, *[""] * (MOST_PLACES - len(held))]


def _common(compared: PlacesCompared) -> list[tuple[TermView, list[int | None]]]:
    """How many entries two places have in common; None where a place meets itself."""
    held = [one.term for one in compared.places]
    if not compared.common:
        return []
    return [
        (one, [None if o is one else compared.common.get((one.code, o.code), 0) for o in held])
        for one in held
    ]
