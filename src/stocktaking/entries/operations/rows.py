"""Entry values as rows: many entries in a fixed number of statements."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
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
from stocktaking.kernel.periods import PartialDate

BATCH = 500
PARTS: tuple[type[Model], ...] = (
    EntryText,
    EntrySection,
    EntryTerm,
    EntryPartner,
    EntryLink,
    EntryImage,
    ExternalIdentifier,
)
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

Pair = tuple[Entry, EntryValues]


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
    Entry.objects.bulk_create([entry for entry, _ in pairs], batch_size=BATCH)
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
    made: dict[type[Model], list[Model]] = {part: [] for part in PARTS}
    for entry, values in pairs:
        for row in _rows(entry.number, values, around):
            made[type(row)].append(row)
    # two imports at once that make the same ones wait for each other in one order only
    made[ExternalIdentifier].sort(key=attrgetter("system", "value"))
    for part, rows in made.items():
        part._default_manager.bulk_create(rows, batch_size=BATCH)


def _rows(number: int, values: EntryValues, around: Surroundings) -> Iterator[Model]:
    for text in values.texts:
        yield EntryText(
            entry_id=number,
            language=text.language,
            title=text.title,
            summary=text.summary,
            origin=text.origin,
        )
    for section in values.sections:
        yield EntrySection(
            entry_id=number,
            code=section.code,
            language=section.language,
            text=section.text,
            origin=section.origin,
        )
    for order, term in enumerate(values.terms):
        yield EntryTerm(
            entry_id=number,
            term_id=around.term_id(term.scheme, term.code),
            basis=term.basis,
            note=term.note,
            note_language=term.note_language,
            order=order,
        )
    yield from _outward_rows(number, values)


def _outward_rows(number: int, values: EntryValues) -> Iterator[Model]:
    for order, partner in enumerate(values.partners):
        yield EntryPartner(
            entry_id=number,
            name=partner.name,
            role=partner.role,
            organisation_id=partner.organisation,
            order=order,
        )
    for order, link in enumerate(values.links):
        yield EntryLink(
            entry_id=number, kind=link.kind, url=link.url, label=link.label, order=order
        )
    for order, image in enumerate(values.images):
        yield EntryImage(
            entry_id=number,
            file_id=image.file,
            alt=image.alt,
            language=image.language,
            credit=image.credit,
            order=order,
        )
    for one in values.identifiers:
        yield ExternalIdentifier(entry_id=number, system=one.system, value=one.value, url=one.url)


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
    EntryVersion.objects.bulk_create(
        (
            EntryVersion(
                entry_id=entry.number,
                number=entry.version,
                snapshot=to_json(values),
                made_at=at,
                by_id=by.pk if by else None,
                reason=reason[:300],
                public=entry.state == EntryState.PUBLISHED,
            )
            for entry, values in pairs
        ),
        batch_size=BATCH,
    )
