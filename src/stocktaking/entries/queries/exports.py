"""Entries for files: flat rows for tables, nested objects for machines; a chunk at a time.

Names of columns are public: they are the same in every language and do not change. Whole
registers are exported, so entries are plain values here, one statement per part and chunk.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db.models import F

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import (
    CollectionMember,
    Entry,
    EntryTerm,
    ExternalIdentifier,
    Source,
)
from stocktaking.entries.queries.cards import texts_of
from stocktaking.entries.queries.choosing import Written, chosen
from stocktaking.entries.queries.exports_parts import (
    chunks,
    of_partners,
    organisations,
    own_register,
    snapshots,
)
from stocktaking.entries.rules.edit_table import key_of
from stocktaking.entries.rules.edit_table.writing import HIDDEN
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.kernel.lookups import Among
from stocktaking.kernel.periods import PartialDate, Precision
from stocktaking.reference.queries import Catalogue, catalogue

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
    "confirmed_on",
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
    "confirmed_on",
    "published_at",
    "changed_at",
    "version",
)
_NO_OWNER = (None, "", "", "")


def export_columns() -> list[str]:
    """The columns of a table in order; each scheme of the framework is one, by its slug."""
    return _columns(catalogue())


def export_rows(numbers: Iterable[int], language: str) -> Iterator[dict[str, Any]]:
    """One flat row per published entry, in this order. Terms are codes joined by "; "."""
    columns, rows = export_table(numbers, language)
    for cells in rows:
        yield dict(zip(columns, cells, strict=True))


def export_table(numbers: Iterable[int], language: str) -> tuple[list[str], Iterator[list[Any]]]:
    """The columns, and the same rows as lists in their order: for whole registers."""
    # one framework for both: it may change while rows are sent
    framework = catalogue()
    return _columns(framework), _rows(numbers, language, framework)


def export_documents(numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """One nested object per published entry with all of its languages, in this order."""
    register = own_register()
    for chunk in chunks(numbers):
        heads = _published(
            chunk,
            *("published_version", "slug", "confirmed_on"),
            *("published_at", "changed_at", "created_at"),
        )
        held = snapshots({number: head[0] for number, head in heads.items()})
        partners = of_partners(held)
        owners = (owner for owner, _ in held.values())
        known = organisations({*owners, *chain.from_iterable(partners.values())})
        for number in chunk:
            if number in held:
                owner, text = held[number]
                # read one at a time: a thousand at once keep the garbage collector busy
                snapshot = json.loads(text)
                bodies = known.get(owner), [known[one] for one in partners.get(number, ())]
                yield _document(number, register, heads[number], snapshot, *bodies)


def _columns(framework: Catalogue) -> list[str]:
    return [*_FIRST, *_schemes(framework), *_LAST]


def _rows(numbers: Iterable[int], language: str, framework: Catalogue) -> Iterator[list[Any]]:
    sources = dict(Source.objects.values_list("id", "slug"))
    for chunk in chunks(numbers):
        heads = _heads(chunk)
        titles, summaries = texts_of(heads)
        owners = _owners({head[0] for head in heads.values()}, framework, language)
        codes = _codes(heads, framework)
        collected, identified = _collected(heads), _identified(heads)
        for number in chunk:
            if number not in heads:
                continue
            owner, source, original, start, precise, end, end_precise, *stored = heads[number]
            worldwide, *others = stored
            order = languages.fallbacks(language, original)
            yield [
                number,
                *_best(titles[number], order, original),
                *_best(summaries[number], order, original),
                original,
                *owners.get(owner, _NO_OWNER),
                *codes[number],
                worldwide,
                _date(start, precise) if start else "",
                _date(end, end_precise) if end else "",
                *others,
                SEPARATOR.join(titles[number]),
                collected.get(number, ""),
                sources.get(source, ""),
                identified.get(number, ""),
            ]


def _schemes(framework: Catalogue) -> list[str]:
    # what follows from others (regions of countries) is no statement of the entry
    return [scheme.slug for scheme in framework.direct()]


def _published(chunk: list[int], *columns: str) -> dict[int, tuple[Any, ...]]:
    """These columns of the published ones of a chunk, by number."""
    rows = Entry.objects.filter(Among(F("number"), chunk)).order_by()
    # a condition on the state would tempt the database to walk through all published entries
    return {
        number: rest
        for number, state, *rest in rows.values_list("number", "state", *columns)
        if state == EntryState.PUBLISHED
    }


def _heads(chunk: list[int]) -> dict[int, tuple[Any, ...]]:
    """What is one per entry; ``_rows`` takes it apart in this order."""
    dates = ("start", "start_precision", "end", "end_precision")
    return _published(
        chunk, "organisation_id", "source_id", "original_language", *dates, *_AS_STORED
    )


def _best(texts: dict[str, Written], order: Iterable[str], original: str) -> tuple[str, str]:
    """The text that a reader gets, and its language."""
    language = chosen(texts, order)
    return ("", original) if language is None else (texts[language][0], language)


@lru_cache(maxsize=2048)
def _date(date: dt.date, precision: Precision) -> str:
    return str(PartialDate(date, precision))


def _codes(numbers: Iterable[int], framework: Catalogue) -> dict[int, list[str]]:
    """The codes of each entry, one cell per scheme."""
    schemes = _schemes(framework)
    places = {
        term.id: (place, term.code)
        for place, slug in enumerate(schemes)
        for term in framework.schemes[slug].terms
    }
    found = {number: [""] * len(schemes) for number in numbers}
    rows = EntryTerm.objects.filter(Among(F("entry_id"), list(found))).order_by("order", "id")
    for number, term_id in rows.values_list("entry_id", "term_id"):
        if term_id in places:
            place, code = places[term_id]
            cells = found[number]
            cells[place] = f"{cells[place]}{SEPARATOR}{code}" if cells[place] else code
    return found


def _owners(
    wanted: set[int | None], framework: Catalogue, language: str
) -> dict[int | None, tuple[Any, ...]]:
    """The cells of each organisation."""
    rows = Organisation.objects.filter(Among(F("number"), wanted - {None})).values_list(
        "number", "name", "names", "type_id", "country_id"
    )
    codes = {term_id: term.code for term_id, term in framework.terms.items()}
    return {
        number: (
            number,
            (names or {}).get(language) or name or "",
            codes.get(type_id, ""),
            codes.get(country_id, ""),
        )
        for number, name, names, type_id, country_id in rows
    }


def _collected(numbers: Iterable[int]) -> dict[int, str]:
    members = CollectionMember.objects.filter(Among(F("entry_id"), list(numbers)))
    return _joined(members.order_by("collection__slug").values_list("entry_id", "collection__slug"))


def _identified(numbers: Iterable[int]) -> dict[int, str]:
    held = ExternalIdentifier.objects.filter(Among(F("entry_id"), list(numbers))).order_by("id")
    return _joined(
        (number, f"{system}:{value}")
        for number, system, value in held.values_list("entry_id", "system", "value")
    )


def _joined(rows: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for number, text in rows:
        found.setdefault(number, []).append(text)
    return {number: SEPARATOR.join(texts) for number, texts in found.items()}


def _document(
    number: int,
    register: str,
    head: tuple[Any, ...],
    snapshot: dict[str, Any],
    organisation: dict[str, Any] | None,
    partners: list[dict[str, Any]],
) -> dict[str, Any]:
    version, slug, confirmed_on, published_at, changed_at, created_at = head
    extra = snapshot["extra"]
    document = {
        "number": number,
        "slug": slug,
        "version": version,
        "key": key_of(number, created_at),
        "register": register,
        "confirmed_on": confirmed_on,
        "published_at": published_at,
        "changed_at": changed_at,
        **snapshot,
        "organisation": organisation,
        "organisations": partners,
        "extra": {k: v for k, v in extra.items() if k not in HIDDEN} if extra else extra,
    }
    del document["format"]
    return document
