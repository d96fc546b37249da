"""The lists of the register as files and feeds, with the parameters of the page."""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import cards, export_documents, export_table
from stocktaking.kernel import clock, languages, tables
from stocktaking.search.queries import answer, matching_keys
from stocktaking.search.rules.parameters import DEEPEST, Asked
from stocktaking.search.rules.values import Answer, Query
from stocktaking.web import facets, sheets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.chips import chips
from stocktaking.web.formats import atom
from stocktaking.web.views.explore import BUILDING, building, public

FEED_SIZE = 50


@allow(Capability.READ)
@require_safe
@conditional
def entries_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """All that fits the parameters, in order: a table, lines of JSON, or a page of a feed."""
    known = facets.filters(request)
    question = facets.read(request, known)
    found = answer(replace(question.query, size=FEED_SIZE if form == "atom" else 1))
    if BUILDING in found.problems:
        return building(request)
    if form == "atom":
        response: HttpResponseBase = _feed(question, found, known)
    else:
        response = _file(question.query, found.total, form, clock.now().date())
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _file(query: Query, total: int, form: str, today: dt.date) -> HttpResponseBase:
    language = languages.current().code
    numbers = (int(key) for key in matching_keys(query))
    name = f"stocktaking-entries-{today.isoformat()}-{language}"
    if form == "jsonl":
        lines = tables.write_jsonl(export_documents(numbers))
        response = StreamingHttpResponse(lines, content_type=sheets.TYPES[form])
        return sheets.named(response, f"{name}.{form}")
    if form == "xlsx" and total >= tables.XLSX_ROWS_MAX:
        return sheets.too_long()
    columns, rows = export_table(numbers, language)
    return sheets.table(form, columns, rows, name)


def _feed(question: Asked, found: Answer, known: facets.Filters) -> HttpResponse:
    """One page of the feed; there is none beyond the last."""
    pages = max(1, -(-min(found.total, DEEPEST) // FEED_SIZE))
    page = question.query.page
    if page > pages:
        raise Http404
    shown = public(cards([int(hit.key) for hit in found.hits], languages.current().code))
    feed_url, base = reverse("entries_list", args=["atom"]), reverse("explore")
    question = question.in_view("list")
    steps = {"self": page, "first": 1, "last": pages}
    if page > 1:
        steps["previous"] = page - 1
    if page < pages:
        steps["next"] = page + 1
    links = {name: _whole(question.on_page(n).address(feed_url)) for name, n in steps.items()}
    names = [chip.title for chip in chips(question, base, known)]
    if question.query.text:
        names.insert(0, f"“{question.query.text}”")
    feed = atom.Feed(
        id=_whole(question.on_page(1).address(feed_url)),
        title=" – ".join([_("Stocktaking"), *names]),
        author=_("Stocktaking"),
        language=languages.current().code,
        updated=max((card.changed_at for card in shown), default=clock.now()),
        links={**links, "alternate": _whole(question.on_page(1).address(base))},
        items=[
            atom.Item(
                card,
                _permalink(card.number),
                _whole(reverse("entry", args=[card.number, card.slug])),
            )
            for card in shown
        ],
    )
    return HttpResponse(atom.write(feed), content_type=atom.TYPE)


def _permalink(number: int) -> str:
    return _whole(reverse("permalink", args=[number]))


def _whole(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
