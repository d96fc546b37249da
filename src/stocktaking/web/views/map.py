"""The map: entries by country and by region, with the parameters of explore."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries.by_place import (
    BASES,
    COUNTRY,
    REGION,
    Place,
    PlaceMap,
    facet_of,
    place_map,
)
from stocktaking.insight.queries.own_map import own_map
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.kernel.charts.heat import COUNTRIES
from stocktaking.kernel.charts.outlines import outline_svg
from stocktaking.kernel.charts.tile_links import tile_svg
from stocktaking.search.queries import answer
from stocktaking.web import facets, places, sheets
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional
from stocktaking.web.chips import narrowed
from stocktaking.web.facets import Group
from stocktaking.web.places import Asking
from stocktaking.web.plates import explore_link
from stocktaking.web.sharing import share_of
from stocktaking.web.views.explore import BUILDING, building, spans, views_of

FORMS = ("csv", "svg")
# filters that the page itself is made of
PLACES = frozenset(facet_of(place, basis) for place in (COUNTRY, REGION) for basis in BASES)
COLUMNS = ("place", "code", "title", "regions", "entries", "basis")


def drawn_on(_request: HttpRequest) -> object:
    """The operator's outlines may be others."""
    own = own_map()
    return own.stamp if own else ""


@allow(Capability.READ)
@require_safe
@conditional(also=drawn_on)
def page(request: HttpRequest) -> HttpResponse:
    """Squares, circles and lists of the same counts; each leads to the entries behind it."""
    known = facets.filters(request)
    asking = places.read(request, known)
    question = asking.question
    found = answer(replace(question.query, size=0), facets=known.counted(question))
    if BUILDING in found.problems:
        return building(request)
    base = reverse("map")
    counted = place_map(question.query, asking.basis, on=arrived_at(request).date())
    context = {
        "section": "explore",
        "question": question,
        "asking": asking,
        "map": counted,
        "most": fullest(counted),
        "problems": found.problems,
        "chips": places.chips(asking, base),
        "clear_url": Asking(question.cleared(), known, asking.basis).address(base),
        "words_url": Asking(question.saying(""), known, asking.basis).address(base),
        "groups": boxes(facets.groups(question, found.facets, known)),
        "spans": spans(question),
        "kept": asking.side,
        "views": views_of(question, reverse("explore"), current=base),
        "sides": places.sides(asking, "map"),
        "tiles": places.tile_groups(asking, counted),
        "bubbles": places.bubbles_of(asking, counted.regions),
        "bars": places.bars_of(asking, counted.regions),
        "lists": places.lists_of(asking, counted),
        "off_map": places.off_map(asking, counted),
        "country_filter": question.query.filters.get(facet_of(COUNTRY, asking.basis)),
        "own_filter": any(
            question.query.filters.get(facet_of(place, asking.basis)) for place in (COUNTRY, REGION)
        ),
        "compare_name": facet_of(COUNTRY, asking.basis),
        "compare_kept": [
            *(pair for pair in asking.pairs if pair[0] != facet_of(COUNTRY, asking.basis)),
            *asking.side,
        ],
        "files": [
            (form.upper(), asking.address(reverse("map_file", args=[form]))) for form in FORMS
        ],
        "share": share_of(
            asking.address(base),
            title=question_of(asking),
            svg=asking.address(reverse("map_file", args=["svg"])),
        ),
        "list_url": explore_link(*asking.pairs),
        "map_url": base,
        **_own(asking),
        "canonical": asking.address(base),
        "noindex": not question.indexable,
    }
    return render(request, "web/map/map.html", context)


@allow(Capability.READ)
@require_safe
@conditional(also=drawn_on)
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The counts as CSV, one row for each region and country, or the squares as SVG."""
    asking = places.read(request, facets.filters(request))
    if BUILDING in answer(replace(asking.question.query, size=0)).problems:
        return building(request)
    day = arrived_at(request).date()
    counted = place_map(asking.question.query, asking.basis, on=day)
    name = f"stocktaking-map-{asking.basis}-{day.isoformat()}"
    if form == "svg":
        return sheets.picture(drawing(asking, counted), name)
    return sheets.figures(COLUMNS, table(counted), name)


@allow(Capability.READ)
@require_safe
@conditional(also=drawn_on)
def outlines(request: HttpRequest) -> HttpResponse:
    """The counts on the operator's outlines; 404 where the operator brought none."""
    own = own_map()
    if own is None:
        raise Http404
    asking = places.read(request, facets.filters(request))
    if BUILDING in answer(replace(asking.question.query, size=0)).problems:
        return building(request)
    counted = place_map(asking.question.query, asking.basis, on=arrived_at(request).date())
    notice, _language = own.notice(languages.current().code)
    drawn = outline_svg(
        own.outlines,
        {code: COUNTRIES.step(count) for code, count in counted.by_country.items()},
        title=question_of(asking),
        note=note_of(asking, counted),
        notice=notice,
        key=_("Entries"),
        rtl=languages.current().rtl,
    )
    return HttpResponse(drawn, content_type=sheets.TYPES["svg"])


def boxes(groups: list[Group]) -> list[Group]:
    """The boxes of the filter; of places only what is chosen, for the page has them all."""
    found = []
    for group in groups:
        if group.name not in PLACES:
            found.append(group)
            continue
        chosen = tuple(one for one in (*group.shown, *group.rest) if one.chosen)
        if chosen:
            found.append(replace(group, shown=chosen, rest=()))
    return found


def _own(asking: Asking) -> dict[str, object]:
    """The operator's picture and the notice that stands beside it."""
    own = own_map()
    if own is None:
        return {}
    notice, language = own.notice(languages.current().code)
    return {
        "own_url": asking.address(reverse("map_outlines")),
        "own_notice": notice,
        "own_language": language,
    }


def fullest(counted: PlaceMap) -> Place | None:
    """The country with the most entries; None where none has any, or several have as many."""
    held = {
        one.term.code: one for region in counted.regions for one in region.countries if one.count
    }
    ordered = sorted(held.values(), key=lambda one: -one.count)
    if not ordered or (len(ordered) > 1 and ordered[0].count == ordered[1].count):
        return None
    return ordered[0]


def table(counted: PlaceMap) -> Iterator[dict[str, object]]:
    """Regions, then countries, also the empty ones."""
    held: dict[str, tuple[Place, list[str]]] = {}
    for region in counted.regions:
        if region.place is not None:
            yield _row("region", region.place, [], counted)
        for one in region.countries:
            _, regions = held.setdefault(one.term.code, (one, []))
            regions += [region.place.term.code] if region.place else []
    for one, regions in held.values():
        yield _row(COUNTRY, one, regions, counted)


def _row(kind: str, one: Place, regions: list[str], counted: PlaceMap) -> dict[str, object]:
    return {
        "place": kind,
        "code": one.term.code,
        "title": one.term.label(),
        "regions": " ".join(regions),
        "entries": one.count,
        "basis": counted.basis,
    }


def drawing(asking: Asking, counted: PlaceMap) -> str:
    """The squares as a file that says what it shows."""
    held = {one.term.code: one for region in counted.regions for one in region.countries}
    return tile_svg(
        {code: figure(one.count) for code, one in held.items() if one.count},
        {code: COUNTRIES.step(one.count) for code, one in held.items()},
        title=question_of(asking),
        note=note_of(asking, counted),
        key=_("Entries"),
        rtl=languages.current().rtl,
    )


def note_of(asking: Asking, counted: PlaceMap) -> str:
    """How many, on which day, counted how, and by which filters."""
    basis = (
        _("An entry counts in every country it works in.")
        if counted.basis == "works"
        else _("An entry counts in the country of its organisation.")
    )
    total = ngettext("%(count)s entry, %(day)s", "%(count)s entries, %(day)s", counted.total) % {
        "count": figure(counted.total),
        "day": counted.on.isoformat(),
    }
    by = narrowed(asking.question, asking.known)
    return " · ".join(filter(None, (total, basis, by)))


def question_of(asking: Asking) -> str:
    return (
        _("Where do the entries work?")
        if asking.basis == "works"
        else _("Where are the entries from?")
    )
