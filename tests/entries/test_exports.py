"""Entries for files."""

import json

import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT, entry, values

from stocktaking.entries import operations
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import export_columns, export_documents, export_rows
from stocktaking.entries.queries.exports_parts import CHUNK
from stocktaking.entries.rules.values import IdentifierValue, TermValue
from stocktaking.kernel import tables
from stocktaking.reference.queries import catalogue

pytestmark = pytest.mark.usefixtures("_framework")


def test_export_columns_are_stable():
    assert export_columns() == [
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
        "line",
        "goal",
        "status",
        "country",
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
    ]


def test_export_rows_hold_every_column_in_the_readers_language():
    owner = organisation("Ministry", country="FR", type="government")
    operations.create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    made = entry(
        organisation=owner.number,
        collections=("health",),
        identifiers=(IdentifierValue("iati", "X"), IdentifierValue("own", "7")),
        terms=(TermValue("goal", "3"), TermValue("goal", "1")),
    )
    [row] = export_rows([made.number], "fr")
    assert set(row) == set(export_columns())
    assert (row["title_language"], row["original_language"]) == ("fr", "en")
    assert (row["goal"], row["line"], row["start"]) == ("3; 1", "", "2019-05")
    assert (row["organisation"], row["organisation_country"]) == ("Ministry", "FR")
    assert (row["collections"], row["identifiers"]) == ("health", "iati:X; own:7")
    assert row["languages"] == "en; fr"


def test_export_rows_leave_out_what_is_not_published():
    hidden, shown = entry(publish=False), entry()
    numbers = [hidden.number, shown.number, 999_999]
    assert [row["number"] for row in export_rows(numbers, "en")] == [shown.number]
    assert [one["number"] for one in export_documents(numbers)] == [shown.number]


def test_export_documents_hold_all_languages_and_no_person():
    owner = organisation("Ministry", country="FR")
    made = entry(organisation=owner.number, extra={"imported": "abc", "prizes": [2016]})
    [document] = export_documents([made.number])
    assert [text["language"] for text in document["texts"]] == ["en", "fr"]
    assert document["organisation"]["name"] == "Ministry"
    assert document["extra"] == {"prizes": [2016]}
    assert "submitted_by" not in document
    [line] = tables.write_jsonl(export_documents([made.number]))
    assert json.loads(line)["published_at"] == "2026-03-02T09:00:00Z"


def test_exports_take_few_statements_per_chunk(django_assert_num_queries):
    rows = [values() for _ in range(CHUNK + 1)]
    operations.import_entries(rows=rows, by=None, at=AT, publish=True)
    numbers = list(Entry.objects.order_by("-number").values_list("number", flat=True))
    catalogue()
    with django_assert_num_queries(11):
        found = [row["number"] for row in export_rows(iter(numbers), "en")]
    assert found == numbers
    with django_assert_num_queries(8):
        assert [one["number"] for one in export_documents(iter(numbers))] == numbers


def test_exports_of_hostile_words_open_without_a_formula():
    made = entry(attribution='=HYPERLINK("http://example.org")')
    text = b"".join(tables.write_csv(export_rows([made.number], "en"), export_columns())).decode()
    assert "'=HYPERLINK" in text
