"""Exports take short ways to the database: they say what the page of each entry says."""

import itertools
import json
import random

import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT, values

from stocktaking.entries import operations
from stocktaking.entries.models import Entry, Source
from stocktaking.entries.queries import (
    entry_page,
    export_documents,
    export_rows,
    export_table,
    values_of,
)
from stocktaking.entries.queries.exports_parts import own_register
from stocktaking.entries.queries.views import EntryPage
from stocktaking.entries.rules.edit_table import key_of
from stocktaking.entries.rules.snapshots import to_json
from stocktaking.entries.rules.values import IdentifierValue, TermValue, TextValue
from stocktaking.kernel import tables
from stocktaking.kernel.languages import CODES
from stocktaking.reference.models import Scheme
from stocktaking.reference.queries import catalogue, forget

pytestmark = pytest.mark.usefixtures("_framework")

TEXTS = (
    (TextValue("en", "Mast", "One."), TextValue("fr", "Mât", "")),
    (TextValue("fr", "Réseau \U0001f4e1", "Deux\n; =trois"), TextValue("ar", "شبكة", "نص")),
    (TextValue("pt-BR", 'Rede "aberta"', ""),),
)
TERMS = (
    (),
    (TermValue("goal", "3"), TermValue("country", "SD"), TermValue("goal", "1")),
    (TermValue("line", "L2"), TermValue("line", "L1"), TermValue("status", "completed")),
)
DATES = (("", ""), ("2019", "2020-02"), ("2019-05", "2019-05-17"))
EXTRAS = ({}, {"imported": "x", "prizes": [2016, {"name": "é"}]})


@pytest.fixture
def numbers() -> list[int]:
    """Published entries of every kind in no order, some of them revised."""
    owners = [
        organisation("Ministère", country="FR", type="government", names={"fr": "Le ministère"}),
        organisation("Unknown", unknown=True),
        None,
    ]
    Source.objects.create(slug="elsewhere")
    for slug in ("health", "air"):
        operations.create_collection(slug=slug, title={"en": slug}, by=None, at=AT)
    made = []
    for place, (texts, terms, dates, extra) in enumerate(
        itertools.product(TEXTS, TERMS, DATES, EXTRAS)
    ):
        owner = owners[place % len(owners)]
        stated = values(
            original_language=texts[0].language,
            texts=texts,
            terms=terms,
            start=dates[0],
            end=dates[1],
            extra=extra,
            organisation=owner.number if owner else None,
            worldwide=place % 2 == 0,
            source="elsewhere" if place % 4 == 0 else "",
            collections=("health", "air")[: place % 3],
            identifiers=(IdentifierValue("own", str(place)), IdentifierValue("iati", f"X{place}"))[
                : place % 3
            ],
        )
        entry = operations.create_entry(values=stated, by=None, at=AT, publish=True)
        if place % 5 == 0:
            operations.revise_entry(
                number=entry.number, values=stated, based_on=entry.version, by=None, at=AT
            )
        made.append(entry.number)
    random.Random(7).shuffle(made)
    return made


def row_of(page: EntryPage) -> dict[str, object]:
    """The row of a table, from everything that an entry's page shows."""
    card, owner = page.card, page.card.organisation
    row = {
        "number": card.number,
        "title": card.title.text,
        "title_language": card.title.language,
        "summary": card.summary.text,
        "summary_language": card.summary.language,
        "original_language": card.original_language,
        "organisation_number": owner.number if owner else None,
        "organisation": owner.name if owner else "",
        "organisation_type": owner.type.code if owner and owner.type else "",
        "organisation_country": owner.country.code if owner and owner.country else "",
        "worldwide": card.worldwide,
        "start": str(card.starts or ""),
        "end": str(card.ends or ""),
        "website": page.website,
        "licence": page.licence,
        "attribution": page.attribution,
        "registered_on": card.registered_on,
        "registered_on_assumed": card.registered_on_assumed,
        "confirmed_on": page.confirmed_on,
        "published_at": page.published_at,
        "changed_at": card.changed_at,
        "version": page.version,
        "languages": "; ".join(card.languages),
        "collections": "; ".join(sorted(slug for slug, _ in page.collections)),
        "source": page.source.slug if page.source else "",
        "identifiers": "; ".join(f"{system}:{value}" for system, value, _ in page.identifiers),
    }
    for scheme in catalogue().direct():
        row[scheme.slug] = "; ".join(mark.term.code for mark in card.of(scheme.slug))
    return row


@pytest.mark.parametrize("language", CODES)
def test_rows_say_what_the_pages_say(numbers, language):
    expected = [row_of(entry_page(number, language)) for number in numbers]
    assert list(export_rows(numbers, language)) == expected
    columns, cells = export_table(numbers, language)
    by_column = b"".join(tables.write_csv(expected, columns))
    assert b"".join(tables.write_csv(cells, columns)) == by_column


def test_columns_and_rows_are_of_one_framework(numbers):
    columns, rows = export_table(numbers[:1], "en")
    Scheme.objects.filter(slug="goal").update(direct=False)
    forget()
    assert [len(cells) for cells in rows] == [len(columns)]


def test_documents_say_what_the_published_versions_say(numbers):
    found = b"".join(tables.write_jsonl(export_documents(numbers))).decode().splitlines()
    for number, line in zip(numbers, found, strict=True):
        stated, entry = to_json(values_of(number)), Entry.objects.get(pk=number)
        del stated["format"]
        stated["extra"].pop("imported", None)
        owner = entry.organisation
        assert json.loads(line) == stated | {
            "number": number,
            "slug": entry.slug,
            "version": entry.published_version,
            "key": key_of(number, entry.created_at),
            "register": own_register(),
            "confirmed_on": entry.confirmed_on and entry.confirmed_on.isoformat(),
            "published_at": tables.plain(entry.published_at),
            "changed_at": tables.plain(entry.changed_at),
            "organisations": [],
            "organisation": owner
            and {
                "number": owner.number,
                "name": owner.name,
                "type": owner.type and owner.type.code,
                "country": owner.country and owner.country.code,
                "stated": not owner.unknown,
            },
        }
