"""The filters in force, each with the address of the list without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.http import urlencode

from stocktaking.reference.queries import TermView
from stocktaking.search.rules.parameters import Asked, Pair
from stocktaking.web.facets import Facet, Filters, in_grid


@dataclass(frozen=True)
class Chip:
    """A filter in force; its address is the list without it."""

    title: str
    facet: str
    url: str
    css: str = ""


def chips(question: Asked, base: str, known: Filters, carried: Sequence[Pair] = ()) -> list[Chip]:
    """A chip for each filter in force; ``carried`` is what a page has besides the parameters of
    lists, and keeps."""
    found = []
    tail = urlencode(carried)
    for name, value in question.choices:
        url = question.without(name, value).address(base)
        if tail:
            url += f"{'&' if '?' in url else '?'}{tail}"
        facet = known.facets.get(name)
        if facet is None:
            found.append(Chip(f"{known.title(name)}: {value}", "", url))
            continue
        term = facet.scheme.get(value) if facet.scheme else None
        title = _chip_title(facet, term) if term else facet.title_of(value)
        found.append(Chip(title, str(facet.title), url, term.css if term and term.colour else ""))
    return found


def narrowed(question: Asked, known: Filters) -> str:
    """All that narrows a question, its words first, for pictures that stand alone."""
    words = [question.query.text] if question.query.text else []
    return ", ".join([*words, *(chip.title for chip in chips(question, "", known))])


def _chip_title(facet: Facet, term: TermView) -> str:
    if facet.scheme is not None and in_grid(facet.scheme):
        return f"{term.group_code} {term.short_label()}"
    return term.short_label()
