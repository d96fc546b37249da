"""Lists as files and feeds."""

import csv
import io
import json
from typing import Any
from urllib.parse import quote

import feedparser
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import entries as factory
from tests.web.conftest import Register, days

from stocktaking.accounts.operations import register_organisation
from stocktaking.entries.rules.values import TextValue
from stocktaking.web.formats import atom

XSS = '"><script>alert(1)</script>'


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def three(register: Register) -> Register:
    register.add("Oldest", lines="L1", goals="1", registered_on=days(30), licence="CC0-1.0")
    register.add("Middle", lines="L2", goals="1", registered_on=days(20))
    register.add("=1+1", lines="L2", goals="2", registered_on=days(10))
    register.index()
    return register


def test_csv_holds_the_whole_list_in_order(three: Register, visit: Any) -> None:
    answer = visit("/en/entries.csv", "sort=oldest")
    rows = table(body(answer))
    assert [row["title"] for row in rows] == ["Oldest", "Middle", "'=1+1"]
    assert rows[0]["licence"] == "CC0-1.0"
    assert {"source", "attribution", "number", "goal", "line"} <= rows[0].keys()
    name = answer["Content-Disposition"]
    assert name.startswith('attachment; filename="stocktaking-entries-20')
    assert name.endswith('-en.csv"')
    assert answer.streaming


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "atom"])
def test_lists_know_the_parameters_of_the_page(three: Register, visit: Any, form: str) -> None:
    data = body(visit(f"/fr/entries.{form}", "line=L2&goal=1&page=1&view=table"))
    if form == "csv":
        found = [row["title"] for row in table(data)]
    elif form == "jsonl":
        found = [json.loads(line)["texts"][0]["title"] for line in data.splitlines()]
    elif form == "atom":
        found = [entry.title for entry in feedparser.parse(data).entries]
    else:
        rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(
            values_only=True
        )
        head = next(rows)
        found = [row[head.index("title")] for row in rows]
    assert found == ["Middle"]


def test_files_ignore_the_page(register: Register, visit: Any) -> None:
    for _ in range(25):
        register.add()
    register.index()
    assert len(table(body(visit("/en/entries.csv", "page=2")))) == 25


def test_xlsx_keeps_text_as_text(three: Register, visit: Any) -> None:
    answer = visit("/en/entries.xlsx", "goal=2")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    head = [cell.value for cell in sheet[1]]
    cell = sheet[2][head.index("title")]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_jsonl_gives_every_language(register: Register, visit: Any) -> None:
    register.add()
    register.index()
    answer = visit("/en/entries.jsonl")
    [line] = body(answer).splitlines()
    assert {text["language"] for text in json.loads(line)["texts"]} == {"en", "fr"}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_unpublished_entries_are_in_no_list(register: Register, visit: Any) -> None:
    register.add("Shown")
    register.add("Hidden", publish=False)
    register.index()
    for form in ("csv", "jsonl", "atom"):
        data = body(visit(f"/en/entries.{form}"))
        assert b"Shown" in data
        assert b"Hidden" not in data


def test_atom_is_valid_and_complete(register: Register, visit: Any) -> None:
    owner = register_organisation(name="Ministry & Masts", by=None, at=factory.AT)
    entry = register.add("A <b>network</b> & more", summary=XSS, organisation=owner.pk)
    register.index()
    answer = visit("/en/entries.atom", "q=network")
    feed = feedparser.parse(body(answer))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == "http://127.0.0.1:8000/en/entries.atom?q=network"
    assert links["alternate"] == "http://127.0.0.1:8000/en/entries/?q=network"
    assert feed.feed.id == links["self"]
    assert feed.feed.updated_parsed
    [item] = feed.entries
    assert item.id == f"http://127.0.0.1:8000/e/{entry.pk}"
    assert item.title_detail.type == "text/plain"
    assert item.author == "Ministry & Masts"
    assert item.updated_parsed
    assert {(tag.scheme, tag.term) for tag in item.tags} >= {("line", "L1"), ("goal", "3")}
    assert b"<script" not in answer.content
    assert b"<b>" not in answer.content


def test_atom_has_pages(register: Register, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stocktaking.web.views.lists.FEED_SIZE", 2)
    for _ in range(5):
        register.add()
    register.index()
    seen, address, steps = [], "page=1", 0
    while address:
        feed = feedparser.parse(body(visit("/en/entries.atom", address)))
        seen += [item.id for item in feed.entries]
        links = {link.rel: link.href for link in feed.feed.links}
        address = links.get("next", "").partition("?")[2]
        steps += 1
    assert steps == 3
    assert len(set(seen)) == 5
    assert links["last"].endswith("?page=3")
    assert links["previous"].endswith("?page=2")
    assert visit("/en/entries.atom", "page=4").status_code == 404


def test_atom_of_nothing_is_a_feed(register: Register, visit: Any) -> None:
    feed = feedparser.parse(body(visit("/en/entries.atom", "q=zzzqqq")))
    assert not feed.bozo
    assert feed.entries == []


def test_atom_drops_what_xml_cannot_hold() -> None:
    assert atom.possible("a\x00b\x1fc\ufffed\ud800e\tf\U0001f600") == "abcde\tf\U0001f600"


def test_atom_speaks_arabic(register: Register, visit: Any) -> None:
    register.add(
        original_language="ar", texts=(TextValue("ar", "منصة التعليم", "دروس رقمية للتلاميذ."),)
    )
    register.index()
    data = body(visit("/ar/entries.atom", "q=" + quote("التعليم")))
    [item] = feedparser.parse(data).entries
    assert item.title_detail.language == "ar"


@pytest.mark.parametrize("form", ["csv", "jsonl", "atom"])
def test_the_number_of_statements_does_not_grow(register: Register, visit: Any, form: str) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            register.add(countries="KE FR")
        register.index()
        body(visit(f"/en/entries.{form}"))
        with CaptureQueriesContext(connection) as seen:
            body(visit(f"/en/entries.{form}", "sort=oldest"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_unchanged_lists_answer_304(three: Register, visit: Any) -> None:
    for form in ("csv", "atom", "jsonl", "xlsx"):
        first = visit(f"/en/entries.{form}")
        body(first)
        assert visit(f"/en/entries.{form}", if_none_match=first["ETag"]).status_code == 304


def test_there_is_no_other_form(register: Register, visit: Any) -> None:
    for path in ("/en/entries.pdf", "/en/entries.", "/en/entries.csvx"):
        assert visit(path).status_code in (301, 404)
