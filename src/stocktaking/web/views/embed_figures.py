"""Pages for frames of other sites: the matrix, and one trend."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries.trends import theme_of, trend
from stocktaking.kernel import languages
from stocktaking.search.queries import answer
from stocktaking.web import facets
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional
from stocktaking.web.chips import chips
from stocktaking.web.framing import framable, framed_in, nothing
from stocktaking.web.plates import plate_of
from stocktaking.web.views.explore import BUILDING
from stocktaking.web.views.matrix import heading, legend
from stocktaking.web.views.matrix_asking import SHOW_NAMES, asking
from stocktaking.web.views.trends import address_of, linking, plain


@allow(Capability.READ)
@require_safe
@framable
@conditional
def matrix(request: HttpRequest) -> HttpResponse:
    """The plate with its legend, by the parameters of the matrix."""
    asked = asking(request)
    if asked is None:
        raise Http404
    counted = asked.counted()
    if BUILDING in counted.table.problems:
        return nothing(request, 503)
    base = reverse("matrix")
    context = framed_in(
        request,
        heading=heading(counted),
        shows=SHOW_NAMES[asked.show],
        plate=plate_of(counted, show=asked.show, also=asked.pairs, period=asked.period),
        legend=legend(asked, counted),
        total=counted.total,
        words=asked.question.query.text,
        chips=asked.chips(base),
        target=asked.address(base),
    )
    return render(request, "web/embed/matrix.html", context)


@allow(Capability.READ)
@require_safe
@framable
@conditional
def one_trend(request: HttpRequest, name: str) -> HttpResponse:
    """One question with its answer, figure and table, by the parameters of a list."""
    known = facets.filters(request)
    question = plain(facets.read(request, known))
    if BUILDING in answer(replace(question.query, size=1)).problems:
        return nothing(request, 503)
    day = arrived_at(request).date()
    found = trend(name, question.query, languages.current().code, day, link=linking(question))
    if found is None:
        raise Http404
    base = address_of(theme_of(name))
    context = framed_in(
        request,
        trend=found,
        words=question.query.text,
        chips=chips(question, base, known),
        target=f"{question.address(base)}#{name}",
    )
    return render(request, "web/embed/trend.html", context)
