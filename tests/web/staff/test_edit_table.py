"""Lists of entries to take along, change and import again."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from tests.factories import accounts
from tests.factories.pages import visit
from tests.web.conftest import Register

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations
from stocktaking.entries.rules.edit_table import read_row
from stocktaking.search import operations as search


def rows(browser: Any, path: str) -> list[dict[str, str]]:
    answer = browser.get(f"/en/staff/{path}")
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def three(register: Register) -> Register:
    register.add("Shown", goals="1")
    register.add("Hidden", goals="1", publish=False)
    register.add("Other", goals="2", lines="L2")
    register.index()
    return register


def test_the_list_of_the_desk_as_a_table_has_entries_in_every_state(browser, three):
    found = rows(browser, "entries/edit-table.csv")
    assert [row["title.en"] for row in found] == ["Other", "Hidden", "Shown"]
    found = rows(browser, "entries/edit-table.csv?state=unpublished&page=7")
    assert [(row["title.en"], row["state"]) for row in found] == [("Hidden", "unpublished")]
    assert rows(browser, "entries/edit-table.csv?q=Nothing") == []


def test_a_result_of_the_register_as_a_table_has_what_readers_see(browser, three):
    found = rows(browser, "explore/edit-table.csv?goal=1")
    assert [row["title.en"] for row in found] == ["Shown"]
    row, faults = read_row(found[0])
    assert (row.number, faults) == (three.made[0].number, [])


def test_a_sheet_holds_the_same_table(browser, three):
    answer = browser.get("/en/staff/explore/edit-table.xlsx?sort=oldest")
    name = answer["Content-Disposition"]
    assert name.startswith('attachment; filename="stocktaking-edit-20')
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        three.made[0].number,
        three.made[2].number,
    ]


def test_tables_are_offered_to_those_who_import(browser, client, three):
    page = visit(browser, "/en/staff/entries/?state=published&page=1")
    assert "Edit these entries in a spreadsheet" in page.text
    assert "/en/staff/entries/edit-table.xlsx?state=published" in page.links()
    page = visit(browser, "/en/entries/?goal=1&page=1&view=table")
    assert "Edit these entries in a spreadsheet" in page.text
    assert "/en/staff/explore/edit-table.csv?goal=1" in page.links()
    moderator = accounts.browser(accounts.person(Role.MODERATOR))
    for other in (moderator, client):
        assert "spreadsheet" not in visit(other, "/en/entries/").text
    assert "spreadsheet" not in visit(moderator, "/en/staff/entries/").text


def test_moderators_take_no_edit_table(three):
    browser = accounts.browser(accounts.person(Role.MODERATOR))
    assert browser.get("/en/staff/entries/edit-table.csv").status_code == 403


def test_no_table_while_the_index_is_built(browser, three, settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "none"
    assert browser.get("/en/staff/explore/edit-table.csv").status_code == 503
    search.rebuild()


def test_a_sheet_too_long_is_refused_in_words(browser, three, monkeypatch):
    monkeypatch.setattr("stocktaking.kernel.tables.XLSX_ROWS_MAX", 3)
    answer = browser.get("/en/staff/entries/edit-table.xlsx")
    assert answer.status_code == 413
    assert "Take the CSV file" in answer.content.decode()


def test_a_withdrawn_entry_says_so(browser, three):
    operations.withdraw_entry(
        number=three.made[0].number, reason="Gone", by=None, at=three.made[0].created_at
    )
    [row] = rows(browser, "entries/edit-table.csv?state=withdrawn")
    assert row["state"] == "withdrawn"
