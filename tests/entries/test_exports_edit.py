"""Edit tables of entries in the database: nothing is lost on the way out and back."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT, entry, values, whole_entry

from stocktaking.entries import operations
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import export_documents, values_of
from stocktaking.entries.queries.exports_edit import export_edit_table
from stocktaking.entries.queries.exports_parts import own_register
from stocktaking.entries.rules.edit_table import read_document, read_row
from stocktaking.entries.rules.edit_table.stated import EMPTY
from stocktaking.entries.rules.values import (
    SectionValue,
    TextValue,
)
from stocktaking.kernel import tables

pytestmark = pytest.mark.usefixtures("_framework")
LONG = "Neighbours share one mast. " * 1500


@pytest.fixture
def full() -> Entry:
    owner = organisation("Ministère", country="FR", type="government").number
    return whole_entry(owner=owner, partner=owner)


def rows_of(numbers, **options) -> list[dict[str, str]]:
    columns, rows = export_edit_table(numbers, **options)
    return [dict(zip(columns, map(tables.plain, cells), strict=True)) for cells in rows]


def test_a_row_says_all_that_the_entry_says(full):
    [cells] = rows_of([full.number])
    row, faults = read_row(cells)
    stored = values_of(full.number)
    assert faults == []
    assert row.on(stored) == stored
    found = row.on(EMPTY)
    assert replace(found, texts=(), sections=(), terms=()) == replace(
        stored, texts=(), sections=(), terms=()
    )
    for part in ("texts", "sections", "terms"):
        assert set(getattr(found, part)) == set(getattr(stored, part))
    assert (row.number, row.version, row.state) == (full.number, 1, "published")
    assert row.fits(full.number, full.created_at, own_register())
    assert (row.owner.name, row.owner.type, row.owner.country) == ("Ministère", "government", "FR")
    assert row.bodies == (row.owner,)


def test_a_document_says_all_that_the_entry_says(full):
    [line] = tables.write_jsonl(export_documents([full.number]))
    [document] = map(tables.json.loads, line.splitlines())
    row, faults = read_document(document)
    assert faults == []
    assert row.on(EMPTY) == values_of(full.number)
    assert row.fits(full.number, full.created_at, own_register())
    assert row.identity is not None
    assert row.elsewhere().organisation is None


def test_an_owner_that_nobody_states_has_no_name_elsewhere():
    owner = organisation("Nobody knows", unknown=True)
    made = entry(organisation=owner.number)
    [cells] = rows_of([made.number])
    [document] = export_documents([made.number])
    for row, _ in (read_row(cells), read_document(document)):
        assert (row.owner.number, row.owner.name) == (owner.number, "")


def test_entries_in_every_state_stand_in_the_order_asked_for():
    made = [entry(publish=False), entry(), entry()]
    operations.withdraw_entry(number=made[2].number, reason="Gone", by=None, at=AT)
    numbers = [one.number for one in reversed(made)]
    found = rows_of(iter([*numbers, 999]))
    assert [int(row["number"]) for row in found] == numbers
    assert [row["state"] for row in found] == ["withdrawn", "published", "unpublished"]


def test_a_table_shows_the_newest_content_whether_or_not_it_is_published():
    made = entry(publish=False)
    operations.revise_entry(
        number=made.number, values=values(end="2031"), based_on=1, by=None, at=AT
    )
    [row] = rows_of([made.number])
    assert (row["version"], row["end"]) == ("2", "2031")


def test_columns_are_those_that_the_entries_need():
    one = entry(texts=(TextValue("en", "Mast"),), sections=(), terms=())
    entry(texts=(TextValue("ar", "شبكة"), TextValue("en", "Net")))
    columns, _ = export_edit_table([one.number])
    assert [name for name in columns if name.startswith(("title", "summary", "section"))] == [
        "title.en",
        "summary.en",
    ]
    assert [name for name in columns if name.startswith("terms.goal")] == [
        "terms.goal",
        "terms.goal.basis",
    ]
    assert "terms.region" not in columns  # it follows from the countries
    both, _ = export_edit_table([one.number, one.number + 1])
    assert both.index("title.en") < both.index("title.ar")


def test_no_entries_make_a_table_of_heads_alone():
    columns, rows = export_edit_table([])
    assert columns[:2] == ["number", "version"]
    assert list(rows) == []


def test_a_cell_too_long_for_a_sheet_is_left_out_and_changes_nothing():
    made = entry(sections=(SectionValue("description", "en", LONG),))
    columns, rows = export_edit_table([made.number], cell_max=tables.XLSX_CELL_MAX)
    file = io.BytesIO()
    tables.write_xlsx(rows, columns, file)
    head, cells = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    found = dict(zip(head, (tables.plain(cell) for cell in cells), strict=True))
    assert found["section.description.en"].startswith("[too long for a cell: 40")
    row, faults = read_row(found | {"end": "2030"})
    assert faults == []
    stored = values_of(made.number)
    assert row.on(stored) == replace(stored, end="2030")


def test_letters_beyond_the_first_plane_count_twice():
    made = entry(sections=(SectionValue("description", "en", "\U0001f4e1" * 20_000),))
    [row] = rows_of([made.number], cell_max=tables.XLSX_CELL_MAX)
    assert row["section.description.en"].startswith("[too long for a cell: 20000")
    [row] = rows_of([made.number])
    assert row["section.description.en"] == "\U0001f4e1" * 20_000


def test_csv_is_harmless_to_open():
    made = entry(texts=(TextValue("en", "=1+1", "Mast"),))
    columns, rows = export_edit_table([made.number])
    text = b"".join(tables.write_csv(rows, columns)).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["title.en"] == "'=1+1"


def test_whole_registers_take_a_fixed_number_of_statements(django_assert_max_num_queries):
    numbers = [entry().number for _ in range(30)]
    with django_assert_max_num_queries(9):
        _columns, rows = export_edit_table(iter(numbers))
        assert len(list(rows)) == 30


def test_a_register_is_named_by_its_host(settings):
    settings.BASE_URL = "https://Register.example:8443"
    assert own_register() == "register.example:8443"
