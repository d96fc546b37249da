"""The first page: the living grid, what is new, what is missing, where, and the data to take."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.queries import open_calls, standing
from stocktaking.entries.queries import newest
from stocktaking.insight.queries import Places, drawn_entries, matrix, numbers
from stocktaking.kernel import clock, languages
from stocktaking.kernel.charts import Bar
from stocktaking.kernel.charts.tile_map import off_map
from stocktaking.reference.queries import LinkView, TermView, catalogue
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.plates import explore_link, plate_of

NEW = 4
DRAWN = 7
GAPS = 9


@dataclass(frozen=True)
class Gap:
    """A link without an entry; ``language`` is that of the reason."""

    row: TermView
    column: TermView
    reason: str
    language: str
    targets: tuple[str, ...]
    url: str


def today(request: HttpRequest) -> tuple[object, ...]:
    """The day draws the entries; a call is named from the moment it opens until it closes."""
    now = clock.now()
    return now.date().isoformat(), standing(now)


@allow(Capability.READ)
@require_safe
@conditional(also=today)
def home(request: HttpRequest) -> HttpResponse:
    """The register at a glance."""
    code = languages.current().code
    grid, counted = matrix(), numbers()
    gaps = [gap_of(link) for link in grid.gaps] if grid else []
    context = {
        "matrix": grid,
        "plate": plate_of(grid, corners=False) if grid else None,
        "totals": counted.totals,
        "newest": newest(NEW, code),
        "drawn": drawn_entries(clock.now().date(), code, wanted=DRAWN),
        "gaps": gaps[:GAPS],
        "gap_count": len(gaps),
        "open_calls": open_calls(clock.now()),
        "places": counted.places,
        "regions": region_bars(counted.places),
        "unplaced": unplaced(counted.places),
    }
    return render(request, "web/home.html", context)


@allow(Capability.READ)
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """``/``: to the reader's best language."""
    wanted = languages.BY_DJANGO.get(get_language_from_request(request))
    code = wanted.code if wanted else languages.BY_DJANGO[settings.LANGUAGE_CODE].code
    response = HttpResponseRedirect(f"/{code}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def gap_of(link: LinkView) -> Gap:
    """A link as pages show it."""
    code = languages.current().code
    spoken = next((c for c in languages.fallbacks(code) if link.rationale.get(c)), code)
    square = ((link.row.scheme, link.row.code), (link.column.scheme, link.column.code))
    return Gap(
        row=link.row,
        column=link.column,
        reason=link.reason(),
        language=spoken,
        targets=link.targets,
        url=explore_link(*square),
    )


def region_bars(places: Places) -> list[Bar]:
    """Regions as bars that lead to their entries."""
    return [
        Bar(term.label(), count, url=explore_link((term.scheme, term.code)))
        for term, count in places.by_region
    ]


def unplaced(places: Places) -> list[tuple[TermView, int]]:
    """Countries and territories that are counted and have no square on the map."""
    framework = catalogue()
    found = [(framework.term("country", code), code) for code in off_map(places.by_country)]
    return [(term, places.by_country[code]) for term, code in found if term]
