"""Entries for files: flat rows for tables, nested objects for machines; 500 at a time.

Names of columns are public: they are the same in every language and do not change.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import F

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import CollectionMember, Entry, EntryVersion, ExternalIdentifier
from stocktaking.entries.queries.cards import cards_of
from stocktaking.entries.queries.views import EntryCard
from stocktaking.entries.states import EntryState
from stocktaking.reference.queries import Catalogue, catalogue

CHUNK = 500
SEPARATOR = "; "
_FIRST = (
    "number",
    "title",
    "title_language",
    "summary",
    "summary_language",
    "original_language",
    "organisation_number",
    "organisation",
    "organisation_type",
    "organisation_country",
)
_LAST = (
    "worldwide",
    "start",
    "end",
    "website",
    "licence",
    "attribution",
    "registered_on",
    "registered_on_assumed",
    "published_at",
    "changed_at",
    "version",
    "languages",
    "collections",
    "source",
    "identifiers",
)
_EXTRA_HIDDEN = frozenset({"imported"})


def export_columns() -> list[str]:
    """The columns of a table in order; each scheme of the framework is one, by its slug."""
    return [*_FIRST, *_schemes(catalogue()), *_LAST]


def export_rows(numbers: Iterable[int], language: str) -> Iterator[dict[str, Any]]:
    """One flat row per published entry, in this order. Terms are codes joined by "; "."""
    framework = catalogue()
    schemes = _schemes(framework)
    for chunk in _chunks(numbers):
        entries = _published(chunk)
        collected, identified = _gathered(chunk)
        shown = {card.number: card for card in cards_of(list(entries.values()), language)}
        for number in chunk:
            if number in entries:
                row = _row(entries[number], shown[number], schemes)
                row["collections"] = SEPARATOR.join(collected.get(number, ()))
                row["identifiers"] = SEPARATOR.join(identified.get(number, ()))
                yield row


def export_documents(numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """One nested object per published entry with all of its languages, in this order."""
    for chunk in _chunks(numbers):
        rows = EntryVersion.objects.filter(
            entry__in=chunk,
            entry__state=EntryState.PUBLISHED,
            number=F("entry__published_version"),
        ).values_list(
            "entry_id",
            "number",
            "snapshot",
            "entry__slug",
            "entry__published_at",
            "entry__changed_at",
        )
        found = {row[0]: row for row in rows}
        organisations = _organisations(row[2] for row in found.values())
        for number in chunk:
            if number in found:
                yield _document(*found[number], organisations)


def _schemes(framework: Catalogue) -> list[str]:
    # what follows from others (regions of countries) is no statement of the entry
    return [scheme.slug for scheme in framework.direct()]


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    stream = iter(numbers)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _published(chunk: list[int]) -> dict[int, Entry]:
    rows = Entry.objects.filter(number__in=chunk, state=EntryState.PUBLISHED)
    return {row.number: row for row in rows.select_related("organisation", "source")}


def _gathered(chunk: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    collected: dict[int, list[str]] = {}
    members = CollectionMember.objects.filter(entry__in=chunk).order_by("collection__slug")
    for number, slug in members.values_list("entry_id", "collection__slug"):
        collected.setdefault(number, []).append(slug)
    identified: dict[int, list[str]] = {}
    held = ExternalIdentifier.objects.filter(entry__in=chunk).order_by("id")
    for number, system, value in held.values_list("entry_id", "system", "value"):
        identified.setdefault(number, []).append(f"{system}:{value}")
    return collected, identified


def _row(entry: Entry, card: EntryCard, schemes: list[str]) -> dict[str, Any]:
    owner = card.organisation
    return {
        "number": entry.number,
        "title": card.title.text,
        "title_language": card.title.language,
        "summary": card.summary.text,
        "summary_language": card.summary.language,
        "original_language": entry.original_language,
        "organisation_number": owner.number if owner else None,
        "organisation": owner.name if owner else "",
        "organisation_type": owner.type.code if owner and owner.type else "",
        "organisation_country": owner.country.code if owner and owner.country else "",
        **{slug: SEPARATOR.join(m.term.code for m in card.of(slug)) for slug in schemes},
        "worldwide": entry.worldwide,
        "start": str(card.starts or ""),
        "end": str(card.ends or ""),
        "website": entry.website,
        "licence": entry.licence,
        "attribution": entry.attribution,
        "registered_on": entry.registered_on,
        "registered_on_assumed": entry.registered_on_assumed,
        "published_at": entry.published_at,
        "changed_at": entry.changed_at,
        "version": entry.version,
        "languages": SEPARATOR.join(card.languages),
        "source": entry.source.slug if entry.source else "",
    }


def _organisations(snapshots: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    wanted = {snapshot["organisation"] for snapshot in snapshots} - {None}
    rows = Organisation.objects.filter(number__in=wanted).values_list(
        "number", "name", "type__code", "country__code", "unknown"
    )
    return {
        number: {
            "number": number,
            "name": name,
            "type": type_code,
            "country": country,
            "stated": not unknown,
        }
        for number, name, type_code, country, unknown in rows
    }


def _document(
    number: int,
    version: int,
    snapshot: dict[str, Any],
    slug: str,
    published_at: dt.datetime | None,
    changed_at: dt.datetime,
    organisations: dict[int, dict[str, Any]],
) -> dict[str, Any]:
    content = {name: value for name, value in snapshot.items() if name != "format"}
    content["organisation"] = organisations.get(content["organisation"])
    content["extra"] = {k: v for k, v in content["extra"].items() if k not in _EXTRA_HIDDEN}
    return {
        "number": number,
        "slug": slug,
        "version": version,
        "published_at": published_at,
        "changed_at": changed_at,
        **content,
    }
