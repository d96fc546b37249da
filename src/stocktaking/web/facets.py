"""The filters of the register: which there are, what their values are called, how many fit.

A facet is a scheme of the framework, a scheme seen from elsewhere (where an entry is from), or
a list that the register itself keeps (collections, organisations, languages of the texts).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.queries import collections, vocabulary
from stocktaking.entries.queries.ageing import FRESHNESS
from stocktaking.entries.rules.freshness import Freshness
from stocktaking.kernel import languages
from stocktaking.reference.queries import Catalogue, SchemeView, TermView, catalogue
from stocktaking.search.rules.parameters import Asked, Resolve, parse

LONG = 30  # values; a longer list shows those with entries only
TOP = 8  # values of a long list that stand open
SAID = 4  # values of a filter that are named where it is offered to drop it

FROM = {"from-region": _("Region it is from"), "from-country": _("Country it is from")}
SPANS = {
    "year-from": _("Active from"),
    "year-to": _("Active until"),
    "registered-from": _("Registered from"),
    "registered-to": _("Registered until"),
    "confirmed-from": _("Last confirmed from"),
    "confirmed-to": _("Last confirmed until"),
}
AGES = {
    Freshness.FRESH: _("Fresh"),
    Freshness.AGEING: _("Ageing"),
    Freshness.STALE: _("Stale"),
}
Titles = Callable[[frozenset[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Facet:
    """A filter. ``titles`` names values, all that are asked for in one go."""

    name: str
    title: str | Promise
    resolve: Resolve
    titles: Titles
    scheme: SchemeView | None = None
    order: tuple[str, ...] = ()  # values that all stand in the box, in this order

    def title_of(self, value: str) -> str:
        return self.titles(frozenset({value})).get(value, value)


@dataclass(frozen=True)
class Choice:
    """One value of a filter with the entries it would find."""

    value: str
    title: str
    count: int
    chosen: bool
    code: str = ""
    css: str = ""


@dataclass(frozen=True)
class Group:
    """The box of one filter. ``rest`` of a long list is folded away."""

    name: str
    title: str
    shown: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()
    squares: bool = False  # drawn as coloured squares with the code alone
    open: bool = False


class Filters:
    """The filters as one request needs them; lists of the register are read at most once."""

    def __init__(self, organisations: Iterable[str] = ()) -> None:
        self._written = list(organisations)

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """All filters by parameter, in the order in which they are offered."""
        framework = catalogue()
        found = [_of_scheme(one.slug, one, one.label()) for one in _in_order(framework)]
        for name, slug in vocabulary.ELSEWHERE:
            if (scheme := framework.scheme(slug)) is not None:
                found.append(_of_scheme(name, scheme, FROM[name]))
        found += [
            Facet(
                FRESHNESS,
                _("Freshness"),
                vocabulary.listed(lambda: tuple(Freshness)),
                lambda values: {value: str(AGES[Freshness(value)]) for value in values},
                order=tuple(Freshness),
            ),
            Facet("language", _("Language of the text"), vocabulary.language, _language_titles),
            Facet(
                "collection",
                _("Collection"),
                vocabulary.listed(lambda: self._collections),
                self._collection_titles,
            ),
            Facet(
                "organisation",
                _("Organisation"),
                vocabulary.numbered(lambda: self._organisations),
                self._organisation_titles,
            ),
        ]
        return {facet.name: facet for facet in found}

    @property
    def resolves(self) -> dict[str, Resolve]:
        return {name: facet.resolve for name, facet in self.facets.items()}

    def counted(self, question: Asked) -> tuple[str, ...]:
        """Filters whose counts the page shows: thousands of organisations only where asked for."""
        return tuple(
            name for name in self.facets if name != "organisation" or name in question.query.filters
        )

    def title(self, name: str) -> str:
        """What a parameter is called on the page."""
        return str(self.facets[name].title if name in self.facets else SPANS.get(name, name))

    def said(self, question: Asked, name: str) -> str:
        """A filter in force with all of its values."""
        values = [value for held, value in question.choices if held == name]
        facet = self.facets.get(name)
        titles = facet.titles(frozenset(values)) if facet else {}
        named = [titles.get(value, value) for value in values[:SAID]]
        more = ["…"] if len(values) > SAID else []
        return f"{self.title(name)}: {', '.join([*named, *more])}"

    @cached_property
    def _collections(self) -> dict[str, str]:
        return {one.slug: one.title for one in collections(languages.current().code)}

    @cached_property
    def _organisations(self) -> dict[str, str]:
        return vocabulary.known_organisations(self._written)

    def _collection_titles(self, values: frozenset[str]) -> Mapping[str, str]:
        return self._collections if values else {}

    def _organisation_titles(self, values: frozenset[str]) -> Mapping[str, str]:
        return self._organisations


def filters(request: HttpRequest) -> Filters:
    return Filters(request.GET.getlist("organisation"))


def read(request: HttpRequest, known: Filters) -> Asked:
    """The question that the parameters of a request ask."""
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    return parse(given, known.resolves)


def asked(request: HttpRequest) -> Asked:
    """The question of a request, for pages that do not draw the filters."""
    return read(request, filters(request))


def groups(question: Asked, counts: Mapping[str, Mapping[str, int]], known: Filters) -> list[Group]:
    """The boxes of the filter, with counts that ignore their own filter."""
    found = []
    for facet in known.facets.values():
        chosen = frozenset(question.query.filters.get(facet.name, ()))
        group = _group(facet, chosen, counts.get(facet.name, {}))
        if group.shown:
            found.append(group)
    return found


def language_name(code: str) -> str:
    """The name of a language in the language of the page; the code where it has none."""
    known = languages.BY_CODE.get(code)
    try:
        return str(get_language_info(known.django if known else code)["name_translated"])
    except KeyError:
        return code


def in_grid(scheme: SchemeView) -> bool:
    """Whether the scheme is an axis of the site's grid; its codes are known to readers."""
    grid = catalogue().grid()
    return grid is not None and scheme.slug in (grid.rows.slug, grid.columns.slug)


def _in_order(framework: Catalogue) -> list[SchemeView]:
    """Coloured squares first, for they are short; then places, the grid, and the others."""

    def rank(scheme: SchemeView) -> int:
        if _is_squares(scheme):
            return 0
        return {"region": 1, "country": 2}.get(scheme.slug, 3 if in_grid(scheme) else 4)

    return sorted(framework.facets(), key=rank)


def _is_squares(scheme: SchemeView) -> bool:
    return in_grid(scheme) and all(term.colour for term in scheme.assignable)


def _of_scheme(name: str, scheme: SchemeView, title: str | Promise) -> Facet:
    def titles(values: frozenset[str]) -> dict[str, str]:
        terms = ((value, scheme.get(value)) for value in values)
        return {value: term.short_label() for value, term in terms if term is not None}

    return Facet(name, title, vocabulary.of_scheme(scheme), titles, scheme)


def _group(facet: Facet, chosen: frozenset[str], counts: Mapping[str, int]) -> Group:
    title = str(facet.title)
    if facet.scheme is None:
        return _listed_group(facet, chosen, counts)
    terms: Sequence[TermView] = facet.scheme.assignable
    is_long, coded = len(terms) > LONG, in_grid(facet.scheme)
    if is_long:
        terms = [term for term in terms if term.code in counts or term.code in chosen]
    choices = [_choice(term, chosen, counts, coded=coded) for term in terms]
    if is_long:
        return Group(facet.name, title, *_folded(choices), open=bool(chosen))
    is_open = bool(chosen) or coded or facet.name == "region"
    squares = _is_squares(facet.scheme)
    return Group(facet.name, title, tuple(choices), squares=squares, open=is_open)


def _listed_group(facet: Facet, chosen: frozenset[str], counts: Mapping[str, int]) -> Group:
    """A list that the register keeps itself: what is counted, and what is chosen."""
    # there are thousands of organisations; their pages lead here, the box shows what is chosen
    values = chosen if facet.name == "organisation" else chosen | frozenset(counts)
    if facet.order and counts:
        values = frozenset(facet.order)
    titles = facet.titles(values)

    def rank(value: str) -> tuple[int, str]:
        given = facet.order.index(value) if value in facet.order else -counts.get(value, 0)
        return given, value

    choices = [
        Choice(value, titles.get(value, value), counts.get(value, 0), value in chosen)
        for value in sorted(values, key=rank)
    ]
    if facet.order:
        return Group(facet.name, str(facet.title), tuple(choices), open=bool(chosen))
    return Group(facet.name, str(facet.title), *_folded(choices), open=bool(chosen))


def _folded(choices: list[Choice]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """What stands open (chosen first, then the most frequent) and the rest by name."""
    ranked = sorted(choices, key=lambda choice: (not choice.chosen, -choice.count))
    top = max(TOP, sum(choice.chosen for choice in choices))
    if len(ranked) <= top + 2:
        return tuple(ranked), ()
    rest = sorted(ranked[top:], key=lambda choice: choice.title.casefold())
    return tuple(ranked[:top]), tuple(rest)


def _choice(
    term: TermView, chosen: frozenset[str], counts: Mapping[str, int], *, coded: bool
) -> Choice:
    return Choice(
        value=term.code,
        title=term.short_label(),
        count=counts.get(term.code, 0),
        chosen=term.code in chosen,
        code=term.group_code if coded else "",
        css=term.css if term.colour else "",
    )


def _language_titles(values: frozenset[str]) -> dict[str, str]:
    return {value: language_name(value) for value in values}
