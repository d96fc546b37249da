"""Entries as documents of the search index."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from stocktaking.entries.models import (
    CollectionMember,
    Entry,
    EntryPartner,
    EntrySection,
    EntryTerm,
    EntryText,
)
from stocktaking.entries.rules.freshness import vouched_on
from stocktaking.entries.states import EntryState
from stocktaking.reference.queries import Catalogue, TermView, catalogue
from stocktaking.search.rules.values import Document, TextPart

OPEN_END = 9999  # ``year_to`` of what goes on
COUNTRY = "country"
REGION = "region"
_ONGOING = ("status", "ongoing")

Facets = dict[str, dict[str, None]]  # values in order, each once


def published_numbers() -> Iterator[int]:
    """Numbers of all published entries, in order."""
    return _numbers(Entry.objects.filter(state=EntryState.PUBLISHED))


def all_numbers() -> Iterator[int]:
    """Numbers of all entries in every state, in order."""
    return _numbers(Entry.objects.all())


def _numbers(rows: QuerySet[Entry]) -> Iterator[int]:
    return rows.order_by("number").values_list("number", flat=True).iterator(chunk_size=2000)


def documents_of(numbers: Sequence[int], *, on: dt.date) -> list[Document]:
    """Documents of the published ones among these entries, in a fixed number of statements.

    Groups of countries are those of the day ``on``.
    """
    framework = catalogue()
    rows = Entry.objects.filter(number__in=numbers, state=EntryState.PUBLISHED)
    entries = {row.number: row for row in rows.select_related("organisation", "source")}
    parts: dict[int, list[TextPart]] = {number: [] for number in entries}
    titles = _add_texts(parts)
    _add_notes(parts, terms := _terms(list(entries)), framework)
    _add_organisations(parts, entries)
    collected = _collected(list(entries))
    return [
        Document(
            kind="entry",
            key=str(number),
            parts=tuple(parts[number]),
            facets=_facets(entry, terms.get(number, []), titles[number], collected, framework, on),
            registered=entry.registered_on.toordinal(),
            confirmed=vouched_on(entry.confirmed_on, entry.registered_on).toordinal(),
            sort_title=titles[number].get(entry.original_language, ""),
            **_span(entry, terms.get(number, []), framework),
        )
        for number, entry in entries.items()
    ]


class Stated(NamedTuple):
    """A term that the entry carries."""

    term_id: int
    note: str
    note_language: str


def _terms(numbers: list[int]) -> dict[int, list[Stated]]:
    found: dict[int, list[Stated]] = {}
    rows = EntryTerm.objects.filter(entry__in=numbers).order_by("order", "id")
    for number, term_id, note, language in rows.values_list(
        "entry_id", "term_id", "note", "note_language"
    ):
        found.setdefault(number, []).append(Stated(term_id, note, language))
    return found


def _add_texts(parts: dict[int, list[TextPart]]) -> dict[int, dict[str, str]]:
    """Titles by language; texts are added to ``parts``."""
    titles: dict[int, dict[str, str]] = {number: {} for number in parts}
    texts = EntryText.objects.filter(entry__in=list(parts)).order_by("id")
    for number, language, title, summary in texts.values_list(
        "entry_id", "language", "title", "summary"
    ):
        titles[number][language] = title
        parts[number].append(TextPart("title", language, title))
        if summary:
            parts[number].append(TextPart("summary", language, summary))
    sections = EntrySection.objects.filter(entry__in=list(parts)).order_by("id")
    for number, language, text in sections.values_list("entry_id", "language", "text"):
        parts[number].append(TextPart("text", language, text))
    return titles


def _add_notes(
    parts: dict[int, list[TextPart]], terms: dict[int, list[Stated]], framework: Catalogue
) -> None:
    for number, stated in terms.items():
        for term_id, note, language in stated:
            if note and term_id in framework.terms:
                parts[number].append(TextPart("text", language, note))


def _add_organisations(parts: dict[int, list[TextPart]], entries: dict[int, Entry]) -> None:
    for number, entry in entries.items():
        owner = entry.organisation
        if owner is None or owner.unknown:
            continue
        parts[number].append(TextPart("organisation", entry.original_language, owner.name))
        for language, name in owner.names.items():
            parts[number].append(TextPart("organisation", language, name))
    partners = EntryPartner.objects.filter(entry__in=list(parts)).order_by("order", "id")
    for number, name in partners.values_list("entry_id", "name"):
        language = entries[number].original_language
        parts[number].append(TextPart("organisation", language, name))


def _collected(numbers: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = CollectionMember.objects.filter(entry__in=numbers).order_by("collection__slug")
    for number, slug in rows.values_list("entry_id", "collection__slug"):
        found.setdefault(number, []).append(slug)
    return found


def _facets(
    entry: Entry,
    stated: list[Stated],
    titles: dict[str, str],
    collected: dict[int, list[str]],
    framework: Catalogue,
    on: dt.date,
) -> dict[str, tuple[str, ...]]:
    facets: Facets = {}
    for term_id, _, _ in stated:
        term = framework.terms.get(term_id)
        if term is None:
            continue
        _put(facets, term.scheme, term.code)
        if term.parent:  # what is filed under a sub-line is found under its line too
            _put(facets, term.scheme, term.parent)
        if term.scheme == COUNTRY:
            for group in _groups(framework, term, on):
                _put(facets, group.scheme, group.code)
    if entry.worldwide:
        for pseudo in _pseudo_regions(framework):
            _put(facets, pseudo.scheme, pseudo.code)
    _put_owner(facets, entry, framework, on)
    for language in titles:
        _put(facets, "language", language)
    for slug in collected.get(entry.number, ()):
        _put(facets, "collection", slug)
    if entry.source:
        _put(facets, "source", entry.source.slug)
    return {facet: tuple(values) for facet, values in facets.items()}


def _put(facets: Facets, facet: str, value: str) -> None:
    facets.setdefault(facet, {})[value] = None


def _put_owner(facets: Facets, entry: Entry, framework: Catalogue, on: dt.date) -> None:
    """Where the entry is from is where its organisation has its seat."""
    owner = entry.organisation
    if owner is None:
        return
    _put(facets, "organisation", str(owner.number))
    kind = framework.terms.get(owner.type_id or 0)
    if kind is not None:
        _put(facets, kind.scheme, kind.code)
    seat = framework.terms.get(owner.country_id or 0)
    if seat is not None:
        _put(facets, "from-country", seat.code)
    for region in _regions_of_owner(framework, kind, seat, on):
        _put(facets, "from-region", region)


def _regions_of_owner(
    framework: Catalogue, kind: TermView | None, seat: TermView | None, on: dt.date
) -> list[str]:
    """Bodies of a type that counts as a region of its own (``from_region`` in its facts) are
    from there, wherever their seat is."""
    own = kind.facts.get("from_region") if kind else None
    if own:
        return [str(own)]
    return [g.code for g in framework.groups_of(seat, scheme=REGION, on=on)] if seat else []


def _groups(framework: Catalogue, term: TermView, on: dt.date) -> Iterator[TermView]:
    for scheme in framework.facets():
        yield from framework.groups_of(term, scheme=scheme.slug, on=on)


def _pseudo_regions(framework: Catalogue) -> list[TermView]:
    scheme = framework.scheme(REGION)
    return [term for term in scheme.terms if term.facts.get("pseudo")] if scheme else []


def _span(entry: Entry, stated: list[Stated], framework: Catalogue) -> dict[str, int]:
    """The years in which it was active. Unknown ends are 0; what goes on ends in 9999."""
    starts, ends = entry.starts, entry.ends
    year_from = starts.year if starts else 0
    if ends:
        return {"year_from": year_from, "year_to": ends.year}
    held = {
        (term.scheme, term.code) for one in stated if (term := framework.terms.get(one.term_id))
    }
    return {"year_from": year_from, "year_to": OPEN_END if _ONGOING in held else 0}
