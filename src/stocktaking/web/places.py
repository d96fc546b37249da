"""Places as pages show them: which side is looked at, the tiles, the circles, the lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stocktaking.insight.queries.by_place import (
    BASES,
    COUNTRY,
    REGION,
    Basis,
    Place,
    PlaceMap,
    Region,
    facet_of,
)
from stocktaking.kernel.charts import Bar, figure
from stocktaking.kernel.charts.bubbles import Bubble, middle
from stocktaking.kernel.charts.heat import COUNTRIES
from stocktaking.kernel.charts.tile_links import Tile
from stocktaking.kernel.charts.tile_map import tiles
from stocktaking.search.rules.parameters import Asked, Pair, parse
from stocktaking.web.chips import Chip
from stocktaking.web.chips import chips as chips_of
from stocktaking.web.facets import Filters
from stocktaking.web.plates import explore_link

SIDE = "place"  # the parameter that says which side is looked at
SIDES: dict[Basis, str | Promise] = {
    "works": gettext_lazy("Where they work"),
    "from": gettext_lazy("Where they are from"),
}


@dataclass(frozen=True)
class Asking:
    """The question of explore, and the side from which places are counted."""

    question: Asked
    known: Filters
    basis: Basis

    @property
    def pairs(self) -> list[Pair]:
        """The filters, for links to lists."""
        return self.question.narrowing

    @property
    def side(self) -> list[Pair]:
        return [(SIDE, self.basis)] if self.basis != "works" else []

    def address(self, base: str) -> str:
        pairs = sorted([*self.pairs, *self.side])
        return f"{base}?{urlencode(pairs)}" if pairs else base


@dataclass(frozen=True)
class Counted:
    """A place in a list: its entries, and where they are."""

    place: Place
    url: str
    has_tile: bool = True


@dataclass(frozen=True)
class Listed:
    """A region with its countries; ``empty`` ones are told apart, ``head`` is None for those
    that belong to no region."""

    head: Counted | None
    filled: tuple[Counted, ...]
    empty: tuple[Counted, ...]


def read(request: HttpRequest, known: Filters) -> Asking:
    """What a request asks; a side that there is not is as good as none."""
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    said = request.GET.get(SIDE, "")
    basis: Basis = next((one for one in BASES if one == said), "works")
    left = [(name, value) for name, value in given if name != SIDE]
    if said and said != basis:  # told like all that was not understood
        left.append((SIDE, said))
    return Asking(parse(left, known.resolves), known, basis)


def chips(asking: Asking, base: str, carried: Sequence[Pair] = ()) -> list[Chip]:
    """The filters in force; each leads to the page without it, with what is ``carried`` along."""
    return chips_of(asking.question, base, asking.known, [*carried, *asking.side])


def link(asking: Asking, place: str, code: str) -> str:
    """The list of the entries that are counted for a country or a region."""
    facet = facet_of(place, asking.basis)
    others = [pair for pair in asking.pairs if pair[0] != facet]
    return explore_link((facet, code), also=others)


def tile_groups(asking: Asking, counted: PlaceMap) -> list[tuple[str, list[Tile]]]:
    """The squares of the map, each once, by the first region that has the country."""
    seen: set[str] = set()
    found = []
    for region in counted.regions:
        members = [one for one in region.countries if one.term.code not in seen]
        seen.update(one.term.code for one in members)
        name = region.place.term.label() if region.place else _("Without a region")
        drawn = [_tile(asking, one) for one in members if one.term.code in tiles()]
        if drawn:
            found.append((name, drawn))
    return found


def _tile(asking: Asking, one: Place) -> Tile:
    return Tile(
        code=one.term.code,
        text=figure(one.count) if one.count else "",
        label=said(one),
        url=link(asking, COUNTRY, one.term.code),
        step=COUNTRIES.step(one.count),
        chosen=one.chosen,
    )


def said(one: Place) -> str:
    """What a square or a circle says aloud."""
    return ngettext("%(count)s entry: %(place)s", "%(count)s entries: %(place)s", one.count) % {
        "count": figure(one.count),
        "place": one.term.label(),
    }


def bubbles_of(asking: Asking, regions: Iterable[Region]) -> list[Bubble]:
    """A circle for each region that has entries; what lies nowhere stands in the south-west."""
    found: list[Bubble] = []
    nowhere = 0
    for region in regions:
        if region.place is None or not region.place.count:
            continue
        where = middle(one.term.code for one in region.countries)
        if where is None:
            where = 0.22 + 0.18 * nowhere, 0.84
            nowhere += 1
        found.append(
            Bubble(
                name=region.place.term.label(),
                value=region.place.count,
                text=figure(region.place.count),
                label=said(region.place),
                url=link(asking, REGION, region.place.term.code),
                x=where[0],
                y=where[1],
            )
        )
    return found


def bars_of(asking: Asking, regions: Iterable[Region]) -> list[Bar]:
    """The circles as a table: regions with entries, the most first."""
    filled = [one.place for one in regions if one.place and one.place.count]
    return [
        Bar(one.term.label(), one.count, url=link(asking, REGION, one.term.code))
        for one in sorted(filled, key=lambda one: -one.count)
    ]


def lists_of(asking: Asking, counted: PlaceMap) -> list[Listed]:
    """Regions with their countries; a region without countries and entries is left out."""
    found = []
    for region in counted.regions:
        if not region.countries and not (region.place and region.place.count):
            continue
        rows = [
            Counted(one, link(asking, COUNTRY, one.term.code), one.term.code in tiles())
            for one in region.countries
        ]
        head = (
            Counted(region.place, link(asking, REGION, region.place.term.code))
            if region.place
            else None
        )
        filled = tuple(row for row in rows if row.place.count)
        if head is None and not filled:
            continue
        found.append(Listed(head, filled, tuple(row for row in rows if not row.place.count)))
    return found


def off_map(asking: Asking, counted: PlaceMap) -> list[Counted]:
    """Countries and territories that have entries and no square, the most first."""
    held = {
        one.term.code: one
        for region in counted.regions
        for one in region.countries
        if one.count and one.term.code not in tiles()
    }
    ordered = sorted(held.values(), key=lambda one: (-one.count, one.term.label()))
    return [Counted(one, link(asking, COUNTRY, one.term.code), False) for one in ordered]


def sides(asking: Asking, view: str) -> list[tuple[str | Promise, str, bool]]:
    """The switch between where entries work and where they are from."""
    base = reverse(view)
    return [
        (SIDES[one], Asking(asking.question, asking.known, one).address(base), one == asking.basis)
        for one in BASES
    ]
