"""Entries for files: flat rows for tables, nested objects for machines; 500 at a time.

Names of columns are public: they are the same in every language and do not change.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import F

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import (
    CollectionMember,
    Entry,
    EntryTerm,
    EntryVersion,
    ExternalIdentifier,
)
from stocktaking.entries.queries.cards import texts_of
from stocktaking.entries.queries.choosing import choose
from stocktaking.entries.states import EntryState
from stocktaking.kernel.periods import PartialDate
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
_AS_STORED = (
    "worldwide",
    "website",
    "licence",
    "attribution",
    "registered_on",
    "registered_on_assumed",
    "published_at",
    "changed_at",
    "version",
)
Head = dict[str, Any]
_EXTRA_HIDDEN = frozenset({"imported"})


def export_columns() -> list[str]:
    """The columns of a table in order; each scheme of the framework is one, by its slug."""
    return [*_FIRST, *_schemes(catalogue()), *_LAST]


def export_rows(numbers: Iterable[int], language: str) -> Iterator[dict[str, Any]]:
    """One flat row per published entry, in this order. Terms are codes joined by "; "."""
    framework = catalogue()
    schemes = _schemes(framework)
    for chunk in _chunks(numbers):
        heads = _heads(chunk)
        titles, summaries = texts_of(heads)
        codes = _codes(heads, framework)
        collected, identified = _gathered(heads)
        for number in chunk:
            head = heads.get(number)
            if head is None:
                continue
            title = choose(titles[number], language, head["original_language"])
            summary = choose(summaries[number], language, head["original_language"])
            yield {
                "number": number,
                "title": title.text,
                "title_language": title.language,
                "summary": summary.text,
                "summary_language": summary.language,
                "original_language": head["original_language"],
                **_owner(head, framework, language),
                **{slug: SEPARATOR.join(codes[number].get(slug, ())) for slug in schemes},
                **_dates(head),
                **{name: head[name] for name in _AS_STORED},
                "languages": SEPARATOR.join(titles[number]),
                "collections": SEPARATOR.join(collected.get(number, ())),
                "source": head["source__slug"] or "",
                "identifiers": SEPARATOR.join(identified.get(number, ())),
            }


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


def _heads(chunk: list[int]) -> dict[int, Head]:
    """What is one per entry, of the published ones, as plain values: rows are many."""
    rows = Entry.objects.filter(number__in=chunk, state=EntryState.PUBLISHED).values(
        "number",
        "original_language",
        "start",
        "start_precision",
        "end",
        "end_precision",
        "organisation",
        "organisation__name",
        "organisation__names",
        "organisation__type",
        "organisation__country",
        "source__slug",
        *_AS_STORED,
    )
    return {row["number"]: row for row in rows}


def _codes(numbers: Iterable[int], framework: Catalogue) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {number: {} for number in numbers}
    rows = EntryTerm.objects.filter(entry__in=list(found)).order_by("order", "id")
    for number, term_id in rows.values_list("entry_id", "term_id"):
        term = framework.terms.get(term_id)
        if term is not None:
            found[number].setdefault(term.scheme, []).append(term.code)
    return found


def _owner(head: Head, framework: Catalogue, language: str) -> dict[str, Any]:
    kind = framework.terms.get(head["organisation__type"])
    country = framework.terms.get(head["organisation__country"])
    names = head["organisation__names"] or {}
    return {
        "organisation_number": head["organisation"],
        "organisation": names.get(language) or head["organisation__name"] or "",
        "organisation_type": kind.code if kind else "",
        "organisation_country": country.code if country else "",
    }


def _dates(head: Head) -> dict[str, str]:
    return {
        name: str(PartialDate(head[name], head[f"{name}_precision"])) if head[name] else ""
        for name in ("start", "end")
    }


def _gathered(numbers: Iterable[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    chunk = list(numbers)
    collected: dict[int, list[str]] = {}
    members = CollectionMember.objects.filter(entry__in=chunk).order_by("collection__slug")
    for number, slug in members.values_list("entry_id", "collection__slug"):
        collected.setdefault(number, []).append(slug)
    identified: dict[int, list[str]] = {}
    held = ExternalIdentifier.objects.filter(entry__in=chunk).order_by("id")
    for number, system, value in held.values_list("entry_id", "system", "value"):
        identified.setdefault(number, []).append(f"{system}:{value}")
    return collected, identified


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
