"""Entry values as rows: many entries in a fixed number of statements."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Model

from stocktaking.entries.models import (
    CollectionMember,
    Entry,
    EntryImage,
    EntryLink,
    EntryPartner,
    EntrySection,
    EntryTerm,
    EntryText,
    EntryVersion,
    ExternalIdentifier,
)
from stocktaking.entries.operations.surroundings import Surroundings
from stocktaking.entries.rules.slugs import slug_of
from stocktaking.entries.rules.snapshots import to_json
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import EntryState
from stocktaking.kernel.inserting import insert_rows, next_keys
from stocktaking.kernel.periods import PartialDate

BATCH = 500
# with the names of what stands in a row of each, behind the number of its entry
PARTS: dict[type[Model], tuple[str, ...]] = {
    EntryText: ("language", "title", "summary", "origin"),
    EntrySection: ("code", "language", "text", "origin"),
    EntryTerm: ("term_id", "basis", "note", "note_language", "order"),
    EntryPartner: ("name", "role", "organisation_id", "order"),
    EntryLink: ("kind", "url", "label", "order"),
    EntryImage: ("file_id", "alt", "language", "credit", "order"),
    ExternalIdentifier: ("system", "value", "url"),
}
VERSION = ("entry_id", "number", "snapshot", "made_at", "by_id", "reason", "public")
HEAD_FIELDS = [
    "slug",
    "original_language",
    "organisation",
    "source",
    "worldwide",
    "start",
    "start_precision",
    "end",
    "end_precision",
    "website",
    "licence",
    "attribution",
    "registered_on",
    "registered_on_assumed",
    "version",
    "published_version",
    "changed_at",
]

_COLUMNS = tuple(field.attname for field in Entry._meta.concrete_fields)
_values_of = attrgetter(*_COLUMNS)

Pair = tuple[Entry, EntryValues]
Row = tuple[Any, ...]


def insert(
    batch: Sequence[EntryValues],
    around: Surroundings,
    *,
    by: Any | None,
    at: dt.datetime,
    publish: bool,
    reason: str = "",
) -> list[Pair]:
    """New entries with their parts and first versions."""
    pairs: list[Pair] = []
    for values in batch:
        dated = replace(values, registered_on=values.registered_on or at.date())
        entry = Entry(created_at=at, submitted_by_id=by.pk if by else None, version=1)
        _head(entry, dated, around, at)
        if publish:
            entry.state = EntryState.PUBLISHED
            entry.published_at = at
            entry.published_version = 1
        pairs.append((entry, dated))
    for (entry, _), number in zip(pairs, next_keys(Entry, len(pairs)), strict=True):
        entry.number = number
        entry.state = str(entry.state)
        entry._state.adding = False
    insert_rows(Entry, _COLUMNS, [_values_of(entry) for entry, _ in pairs])
    _insert_parts(pairs, around)
    _set_members(pairs, around, at)
    _add_versions(pairs, by=by, at=at, reason=reason)
    return pairs


def update(
    pairs: Sequence[Pair],
    around: Surroundings,
    *,
    by: Any | None,
    at: dt.datetime,
    reason: str = "",
) -> None:
    """New content for entries that are there; one version more for each."""
    for entry, values in pairs:
        entry.version += 1
        if entry.state == EntryState.PUBLISHED:
            entry.published_version = entry.version
        _head(entry, values, around, at)
    save_many([entry for entry, _ in pairs], HEAD_FIELDS)
    numbers = [entry.number for entry, _ in pairs]
    for part in PARTS:
        part._default_manager.filter(entry__in=numbers).delete()
    _insert_parts(pairs, around)
    _set_members(pairs, around, at)
    _add_versions(pairs, by=by, at=at, reason=reason)


def save_many(entries: Sequence[Entry], fields: Sequence[str]) -> None:
    """Write these fields of entries that are there."""
    # an upsert on the key: one statement for all, where an UPDATE per row would be slow
    Entry.objects.bulk_create(
        entries,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=fields,
    )


def _head(entry: Entry, values: EntryValues, around: Surroundings, at: dt.datetime) -> None:
    entry.slug = slug_of(values.original().title)
    entry.original_language = values.original_language
    entry.organisation_id = values.organisation
    entry.source_id = around.sources[values.source] if values.source else None
    entry.worldwide = values.worldwide
    start = PartialDate.parse(values.start) if values.start else None
    end = PartialDate.parse(values.end) if values.end else None
    entry.start, entry.start_precision = (start.date, start.precision) if start else (None, "")
    entry.end, entry.end_precision = (end.last_day(), end.precision) if end else (None, "")
    entry.website = values.website
    entry.licence = values.licence
    entry.attribution = values.attribution
    entry.registered_on = values.registered_on or entry.registered_on or at.date()
    entry.registered_on_assumed = values.registered_on_assumed
    entry.changed_at = at


def _insert_parts(pairs: Sequence[Pair], around: Surroundings) -> None:
    made: dict[type[Model], list[Row]] = {part: [] for part in PARTS}
    for entry, values in pairs:
        for part, row in _rows(values, around):
            made[part].append((entry.number, *row))
    # two imports at once that make the same ones wait for each other in one order only
    made[ExternalIdentifier].sort(key=itemgetter(1, 2))
    for part, rows in made.items():
        insert_rows(part, ("entry_id", *PARTS[part]), rows)


def _rows(values: EntryValues, around: Surroundings) -> Iterator[tuple[type[Model], Row]]:
    for text in values.texts:
        yield EntryText, (text.language, text.title, text.summary, str(text.origin))
    for section in values.sections:
        said = (section.code, section.language, section.text, str(section.origin))
        yield EntrySection, said
    for order, term in enumerate(values.terms):
        pk = around.term_id(term.scheme, term.code)
        yield EntryTerm, (pk, str(term.basis), term.note, term.note_language, order)
    for order, partner in enumerate(values.partners):
        named = (partner.name, str(partner.role), partner.organisation, order)
        yield EntryPartner, named
    for order, link in enumerate(values.links):
        yield EntryLink, (str(link.kind), link.url, link.label, order)
    for order, image in enumerate(values.images):
        yield EntryImage, (image.file, image.alt, image.language, image.credit, order)
    for one in values.identifiers:
        yield ExternalIdentifier, (one.system, one.value, one.url)


def _set_members(pairs: Sequence[Pair], around: Surroundings, at: dt.datetime) -> None:
    """Membership keeps the day on which it began, so only the difference is written."""
    wanted = {
        (around.collections[slug], entry.number)
        for entry, values in pairs
        for slug in values.collections
    }
    held = {
        (collection, entry): pk
        for pk, collection, entry in CollectionMember.objects.filter(
            entry__in=[entry.number for entry, _ in pairs]
        ).values_list("pk", "collection_id", "entry_id")
    }
    gone = [pk for place, pk in held.items() if place not in wanted]
    if gone:
        CollectionMember.objects.filter(pk__in=gone).delete()
    CollectionMember.objects.bulk_create(
        CollectionMember(collection_id=collection, entry_id=entry, added_at=at)
        for collection, entry in sorted(wanted - held.keys())
    )


def _add_versions(pairs: Iterable[Pair], *, by: Any | None, at: dt.datetime, reason: str) -> None:
    author = by.pk if by else None
    insert_rows(
        EntryVersion,
        VERSION,
        [
            (
                entry.number,
                entry.version,
                to_json(values),
                at,
                author,
                str(reason)[:300],
                entry.state == EntryState.PUBLISHED,
            )
            for entry, values in pairs
        ],
    )
