"""The register as a list or a table, with its filters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import (
    CollectionView,
    EntryCard,
    cards,
    collection,
    collections_mark,
)
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.kernel.paging import Pager
from stocktaking.reference.queries import LinkView, TermView, catalogue
from stocktaking.search.queries import answer, cross
from stocktaking.search.rules.parameters import (
    DAYS,
    DEEPEST,
    SORTS,
    VIEWS,
    YEARS,
    Asked,
    View,
    default_sort,
    written,
)
from stocktaking.search.rules.values import Answer, Hit, Query, Segment, Sort
from stocktaking.web import facets, sheets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.chips import chips
from stocktaking.web.facets import Filters
from stocktaking.web.sharing_entries import share_of_list

BUILDING = "index_building"
RETRY_AFTER = 5  # seconds
FORMATS = {"csv": "CSV", "xlsx": "XLSX", "jsonl": "JSONL", "atom": "Atom"}
LOOSENED = 6  # filters that the empty page offers to drop

SORT_NAMES: dict[Sort, str | Promise] = {
    "relevance": _("Best match"),
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "title": _("Title"),
    "start": _("Start"),
}
VIEW_NAMES: dict[View, str | Promise] = {"list": _("List"), "table": _("Table")}


@dataclass(frozen=True)
class Row:
    """An entry of the result, with the passage that fits the words asked for."""

    card: EntryCard
    snippet: tuple[Segment, ...]
    snippet_language: str


@dataclass(frozen=True)
class Way:
    """Another way to see the same result, or a wider one."""

    name: str | Promise
    url: str
    current: bool = False
    total: int = 0


@dataclass(frozen=True)
class Cell:
    """One square of the grid, with what the crosswalk says about it."""

    row: TermView
    column: TermView
    link: LinkView | None


def _named(_request: HttpRequest) -> object:
    return collections_mark()


@allow(Capability.READ)
@require_safe
@conditional(also=_named)
def explore(request: HttpRequest) -> HttpResponse:
    """Entries that fit the parameters; a page beyond the last one is 404 with a way back."""
    known = facets.filters(request)
    question = facets.read(request, known)
    base = reverse("explore")
    found = answer(question.query, facets=known.counted(question))
    if BUILDING in found.problems:
        return building(request)
    pager = Pager.of(
        page=question.query.page,
        total=min(found.total, DEEPEST),
        size=question.query.size,
        url=lambda number: question.on_page(number).address(base),
    )
    context = {
        "section": "explore",
        "question": question,
        "total": found.total,
        "problems": found.problems,
        "chips": chips(question, base, known),
        "collection": _collection(question.query),
        "clear_url": question.cleared().address(base),
        "words_url": question.saying("").address(base),
        "first_url": question.on_page(1).address(base),
        "last_url": question.on_page(pager.pages).address(base),
        "canonical": question.canonical(base),
        "follow_url": question.on_page(1).canonical(reverse("follow_search")),
        "noindex": not question.indexable,
        "pager": pager,
    }
    if question.query.page > pager.pages:
        return render(request, "web/register/beyond.html", context, status=404)
    if not found.total and (cell := _cell(question.query)) is not None:
        return render(request, "web/register/void.html", {**context, **_around(cell, base)})
    context |= {
        "rows": _rows(found),
        "groups": facets.groups(question, found.facets, known),
        "spans": spans(question),
        "kept": _kept(question),
        "views": views_of(question, base),
        "sorts": _sorts(question, base),
        "formats": [Way(title, _list_url(question, name)) for name, title in FORMATS.items()],
        "edit_tables": sheets.edit_tables(
            request, lambda form: _list_url(question, form, "edit_table_result")
        ),
        "heat": _heat(question.query) if found.total else {},
        "share": share_of_list(question, found.total, _heading(found.total)),
        "loosened": [] if found.total else _loosened(question, base, known),
        "suggestion": _suggestion(question, found, base),
    }
    return render(request, "web/register/explore.html", context)


def building(request: HttpRequest) -> HttpResponse:
    """While there is no index an empty list would be a false answer."""
    context = {"section": "explore", "noindex": True}
    response = render(request, "web/register/building.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _heading(total: int) -> str:
    return ngettext("%(shown)s entry", "%(shown)s entries", total) % {"shown": figure(total)}


def _rows(found: Answer) -> list[Row]:
    hits: dict[int, Hit] = {int(hit.key): hit for hit in found.hits}
    shown = public(cards(list(hits), languages.current().code))
    return [
        Row(card, hits[card.number].snippet, hits[card.number].snippet_language) for card in shown
    ]


def public(shown: list[EntryCard]) -> list[EntryCard]:
    """Without what was withdrawn a moment ago, which the index may still hold."""
    return [card for card in shown if card.state == EntryState.PUBLISHED]


def _collection(query: Query) -> CollectionView | None:
    """The one collection that is looked at, for its words."""
    slugs = query.filters.get("collection", ())
    return collection(slugs[0], languages.current().code) if len(slugs) == 1 else None


def spans(question: Asked) -> dict[str, str]:
    """What stands in the fields for years and days, by parameter with an underscore."""
    query = question.query
    years = {name: getattr(query, attribute) for name, attribute in YEARS.items()}
    held = {name: str(value) for name, value in years.items() if value is not None}
    for name, attribute in DAYS.items():
        if (day := getattr(query, attribute)) is not None:
            held[name] = written(day, last=name.endswith("to"))
    return {name.replace("-", "_"): value for name, value in held.items()}


def _kept(question: Asked) -> list[tuple[str, str]]:
    """What the form carries along unseen: order and view."""
    return [(name, value) for name, value in question.pairs() if name in ("sort", "view")]


def views_of(question: Asked, base: str, *, current: str = "") -> list[Way]:
    """The same question as a list, as a table, on the matrix, on the map and as trends.

    ``current`` is the address of the page that shows them, where it is no list.
    """
    ways = [
        Way(
            VIEW_NAMES[view],
            question.in_view(view).address(base),
            not current and view == question.view,
        )
        for view in VIEWS
    ]
    plain = question.in_view("list").sorted_by(default_sort(question.query.text))
    others = [(_("Matrix"), "matrix")] if catalogue().grid() else []
    for name, view in (*others, (_("Map"), "map"), (_("Trends"), "trends")):
        url = reverse(view)
        ways.append(Way(name, plain.address(url), url == current))
    return ways


def _sorts(question: Asked, base: str) -> list[Way]:
    offered = [sort for sort in SORTS if sort != "relevance" or question.query.text]
    return [
        Way(SORT_NAMES[sort], question.sorted_by(sort).address(base), sort == question.query.sort)
        for sort in offered
    ]


def _list_url(question: Asked, form: str, view: str = "entries_list") -> str:
    return question.on_page(1).in_view("list").address(reverse(view, args=[form]))


def _heat(query: Query) -> Mapping[tuple[str, str], int]:
    """Where the result stands on the grid, by codes of row and column."""
    grid = catalogue().grid()
    return cross(query, rows=grid.rows.slug, columns=grid.columns.slug) if grid else {}


def _suggestion(question: Asked, found: Answer, base: str) -> Way | None:
    if not found.suggestion:
        return None
    return Way(found.suggestion, question.saying(found.suggestion).address(base))


def _loosened(question: Asked, base: str, known: Filters) -> list[Way]:
    """What would be found without one of the filters: the widest first."""
    names = dict.fromkeys(name for name, _value in question.choices)
    wider = [(known.said(question, name), question.without(name)) for name in names]
    if question.query.text:
        wider.append((f"“{question.query.text}”", question.saying("")))
    ways = [
        Way(name, one.address(base), total=answer(replace(one.query, size=1)).total)
        for name, one in wider[:LOOSENED]
    ]
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)


def _cell(query: Query) -> Cell | None:
    """The one square that is asked for, where nothing else is."""
    grid = catalogue().grid()
    asked = {name: values[0] for name, values in query.filters.items() if len(values) == 1}
    bare = replace(query, filters={}, sort="newest", page=1) == Query(sort="newest")
    if not grid or not bare or set(query.filters) != {grid.rows.slug, grid.columns.slug}:
        return None
    if len(asked) != 2:
        return None
    row, column = grid.rows.get(asked[grid.rows.slug]), grid.columns.get(asked[grid.columns.slug])
    return Cell(row, column, grid.link(row.code, column.code)) if row and column else None


def _around(cell: Cell, base: str) -> dict[str, object]:
    """The square and the lists of its row and its column."""
    ways = []
    for term in (cell.row, cell.column):
        one = Asked().with_value(term.scheme, term.code)
        ways.append(Way(term.short_label(), one.address(base), total=answer(one.query).total))
    return {"cell": cell, "ways": ways, "square": (cell.row.position, cell.column.position)}
