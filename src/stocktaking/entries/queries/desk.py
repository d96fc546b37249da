"""Entries as a secretariat looks for them: in every state, newest change first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from stocktaking.entries.models import Collection, Entry, EntryText, Source
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.reference.queries.catalogue import pick


@dataclass(frozen=True)
class DeskRow:
    """One entry in a list of the secretariat; the title is the original one."""

    number: int
    slug: str
    title: str
    language: str
    state: EntryState
    organisation: str
    languages: tuple[str, ...]
    changed_at: dt.datetime

    @property
    def direction(self) -> str:
        return languages.direction_of(self.language)


@dataclass(frozen=True)
class DeskList:
    """One page of them; ``counts`` are of all entries, by state."""

    total: int
    rows: tuple[DeskRow, ...]
    counts: dict[EntryState, int]


def counts_by_state() -> dict[EntryState, int]:
    found = dict(Entry.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state.value, 0) for state in EntryState}


def desk_list(found: QuerySet[Entry], *, page: int = 1, size: int = 50) -> DeskList:
    """A page of ``desk_entries``. Four SQL queries, whatever the number of entries."""
    total = found.count()
    first = (max(page, 1) - 1) * size
    rows = found.select_related("organisation")
    return DeskList(total, _rows(list(rows[first : first + size])), counts_by_state())


def desk_entries(
    *,
    state: EntryState | None = None,
    text: str = "",
    language: str = "",
    collection: str = "",
    source: str = "",
    organisation: int | None = None,
) -> QuerySet[Entry]:
    """Entries that fit, newest change first; ``text`` is a number, or part of a title or of an
    organisation's name."""
    found = Entry.objects.order_by("-changed_at", "-number")
    if state:
        found = found.filter(state=state.value)
    if organisation:
        found = found.filter(organisation=organisation)
    if language:
        found = found.filter(_has_text(Q(language=language)))
    if collection:
        found = found.filter(collections__collection__slug=collection)
    if source:
        found = found.filter(source__slug=source)
    return _with_words(found, text) if text else found


def _rows(entries: Sequence[Entry]) -> tuple[DeskRow, ...]:
    titles: dict[int, dict[str, str]] = {}
    texts = EntryText.objects.filter(entry__in=[entry.number for entry in entries])
    for number, language, title in texts.values_list("entry_id", "language", "title"):
        titles.setdefault(number, {})[language] = title
    return tuple(
        DeskRow(
            number=entry.number,
            slug=entry.slug,
            title=titles.get(entry.number, {}).get(entry.original_language, ""),
            language=entry.original_language,
            state=EntryState(entry.state),
            organisation=entry.organisation.name if entry.organisation else "",
            languages=tuple(sorted(titles.get(entry.number, {}))),
            changed_at=entry.changed_at,
        )
        for entry in entries
    )


def _has_text(condition: Q) -> Exists:
    return Exists(EntryText.objects.filter(condition, entry=OuterRef("pk")))


def _with_words(found: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    if text.isascii() and text.isdigit() and len(text) < 19:
        return found.filter(number=int(text))
    title, organisation = Q(), Q()
    # SQLite ignores case for ASCII letters only, so the usual spellings are asked for
    for spelling in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        title |= Q(title__icontains=spelling)
        organisation |= Q(organisation__name__icontains=spelling)
    return found.filter(Q(_has_text(title)) | organisation)


def collection_choices() -> list[tuple[str, str]]:
    """Slug and title of every collection, in order."""
    language = languages.current().code
    rows = Collection.objects.values_list("slug", "title")
    return [(slug, pick(title, language) or slug) for slug, title in rows]


def source_choices() -> list[tuple[str, str]]:
    """Slug and title of every source."""
    language = languages.current().code
    rows = Source.objects.order_by("slug").values_list("slug", "title")
    return [(slug, pick(title, language) or slug) for slug, title in rows]
