"""Plain SVG pictures of an entry and of a list, for sites that take no frames."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.kernel.charts import Shape, figure
from stocktaking.kernel.charts.badge import badge_svg, heated, woven
from stocktaking.kernel.charts.heat import FEW, SQUARES
from stocktaking.kernel.charts.weave import MANY
from stocktaking.reference.queries import catalogue
from stocktaking.search.queries import answer, cross
from stocktaking.search.rules.values import Query
from stocktaking.web import facets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.cards import card_of_entry
from stocktaking.web.cards.contents import shortened
from stocktaking.web.chips import chips
from stocktaking.web.views.embed import changed
from stocktaking.web.views.explore import BUILDING, building
from stocktaking.web.whereabouts import listed

TYPE = "image/svg+xml; charset=utf-8"
UNDER = 54  # letters of the last line


@allow(Capability.READ)
@require_safe
@conditional(also=changed)
def entry_badge(request: HttpRequest, number: int) -> HttpResponse:
    """An entry: its title, its owner and its weave."""
    card = card_of_entry(number)
    if card is None:
        raise Http404
    shape = Shape(card.rows, card.columns)
    drawn = badge_svg(
        over=" · ".join((_("Stocktaking"), card.number)),
        title=card.title,
        under=shortened(" · ".join(filter(None, (card.owner, card.places))), UNDER),
        picture=woven(card.across, card.threads, shape) if card.rows else SafeString(""),
        shape=shape,
        rtl=languages.current().rtl,
    )
    return _picture(drawn)


@allow(Capability.READ)
@require_safe
@conditional
def list_badge(request: HttpRequest) -> HttpResponse:
    """A list: how many entries it has, by which filters, and where they stand on the grid."""
    known = facets.filters(request)
    question = facets.read(request, known)
    found = answer(replace(question.query, size=1, page=1))
    if BUILDING in found.problems:
        return building(request)
    said = [chip.title for chip in chips(question, "", known)]
    if question.query.text:
        said.insert(0, f"“{question.query.text}”")
    picture, shape = _heat(question.query)
    drawn = badge_svg(
        over=" · ".join((_("Stocktaking"), settings.BASE_URL.partition("://")[2])),
        title=ngettext("%(shown)s entry", "%(shown)s entries", found.total)
        % {"shown": figure(found.total)},
        under=shortened(listed(said), UNDER),
        picture=picture,
        shape=shape,
        rtl=languages.current().rtl,
    )
    return _picture(drawn)


def _heat(query: Query) -> tuple[SafeString, Shape]:
    grid = catalogue().grid()
    if grid is None:
        return SafeString(""), Shape(0, 0)
    counts = cross(query, rows=grid.rows.slug, columns=grid.columns.slug)
    scale = FEW if max(counts.values(), default=0) < MANY else SQUARES
    steps = {}
    for (row, column), count in counts.items():
        first, second = grid.rows.get(row), grid.columns.get(column)
        if first and second:
            steps[first.position, second.position] = scale.step(count)
    shape = Shape(len(grid.rows.assignable), len(grid.columns.assignable))
    return heated(steps, shape), shape


def _picture(drawn: SafeString) -> HttpResponse:
    response = HttpResponse(drawn, content_type=TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response
