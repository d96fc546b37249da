"""Workbooks: cells as texts, sheets found, and nothing that a workbook may do to its reader."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel import tables
from stocktaking.kernel.reading import FileKind, Note, Unreadable

COLUMNS = ["id", "title", "note"]
MOMENT = dt.datetime(2015, 10, 1, 3, 4, 5)  # noqa: DTZ001 - cells know no time zones
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff"),
    max_size=20,
)


def workbook(*sheets, **options) -> bytes:
    """Sheets as ``(name, rows)``; a cell may be a function that writes itself."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, **options})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if callable(cell):
                    cell(book, sheet, row, column)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return file.getvalue()


def dated(value, form):
    def write(book, sheet, row, column):
        sheet.write_datetime(row, column, value, book.add_format({"num_format": form}))

    return write


def formula(text, value):
    return lambda book, sheet, row, column: sheet.write_formula(row, column, text, None, value)


def refused(folder, content, **reading) -> str:
    with pytest.raises(Unreadable) as problem:
        folder.records(content, **reading)
    assert str(problem.value)
    return problem.value.code


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_what_was_written_is_read(folder, rows):
    rows = [(str(number), *row) for number, row in enumerate(rows)]
    file = io.BytesIO()
    tables.write_xlsx(rows, COLUMNS, file)
    read = folder.records(file.getvalue(), header=1)
    assert [tuple(r.data.values()) for r in read] == rows
    assert not any(r.faults for r in read)


def test_cells_become_texts(folder):
    cells = {
        "whole": (12.0, "12"),
        "fraction": (0.1 + 0.2, "0.3"),
        "large": (1e20, "100000000000000000000"),
        "small": (1e-7, "0.0000001"),
        "negative": (-5, "-5"),
        "yes": (True, "true"),
        "no": (False, "false"),
        "date": (dated(dt.date(2015, 10, 1), "dd.mm.yyyy"), "2015-10-01"),
        "month": (dated(dt.date(2015, 10, 1), "mmm yy"), "2015-10-01"),
        "moment": (dated(MOMENT, "d/m/yy hh:mm"), "2015-10-01T03:04:05"),
        "time": (dated(dt.time(3, 4), "hh:mm"), "03:04:00"),
        "formula": (formula("=1+1", 2), "2"),
        "text of it": (formula('="x"', "x"), "x"),
        "error": (formula("=1/0", "#DIV/0!"), ""),
        "like one": ("#REF!", "#REF!"),
        "like a formula": ("=1+1", "=1+1"),
        "lines": ("a\nb", "a\nb"),
    }
    content = workbook(("Data", [list(cells), [cell for cell, _ in cells.values()]]))
    [record] = folder.records(content)
    assert record.data == {name: text for name, (_, text) in cells.items()}
    assert record.notes == (Note("cell_error", "error", {"text": "#DIV/0!"}),)


def test_both_calendars_of_spreadsheets(folder):
    rows = [["day"], [dated(dt.date(2015, 10, 1), "yyyy-mm-dd")]]
    assert folder.data(workbook(("Data", rows), date_1904=True)) == [{"day": "2015-10-01"}]


def test_a_workbook_is_told_by_its_content(folder):
    head = folder.look(workbook(("Data", [["a", "b"], [1, 2]])), kind="csv")
    assert (head.kind, head.columns, head.sheets) == (FileKind.XLSX, ("a", "b"), ("Data",))
    assert (head.header, head.notes, head.samples) == (1, (), {"a": ("1",), "b": ("2",)})


COVER = ("About", [["Projects of 2015"], [], ["Ministry of Works"]])
TABLE = (
    "Projects",
    [[], [None, "Name", "Place", "Year"], [None, "A", "X", 1], [None, "B", "Y", 2]],
)
CODES = ("Codes", [["1", "One"], ["2", "Two"]])


def test_the_sheet_of_the_table_is_found_and_told(folder):
    content = workbook(COVER, TABLE, CODES)
    head = folder.look(content)
    assert (head.sheet, head.sheets) == ("Projects", ("About", "Projects", "Codes"))
    assert (head.header, head.columns) == (2, ("Column A", "Name", "Place", "Year"))
    assert codes(head.notes) == ["sheet_chosen", "head_empty"]
    assert [(r.place, r.data["Name"]) for r in folder.records(content)] == [(3, "A"), (4, "B")]


def test_the_reading_names_the_sheet(folder):
    content = workbook(COVER, TABLE, CODES)
    assert folder.look(content, sheet="codes ", header=2).columns == ("2", "Two")
    with pytest.raises(Unreadable) as problem:
        folder.look(content, sheet="Other")
    assert problem.value.code == "sheet_unknown"
    assert "About, Projects, Codes" in str(problem.value)


def test_hidden_sheets_are_not_chosen(folder):
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "Shown"
    book.active.append(["a", "b"])
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    for number in range(9):
        hidden.append([f"{number}{letter}" for letter in "abcdefgh"])
    book.save(file)
    assert folder.look(file.getvalue()).sheets == ("Shown",)
    assert len(folder.look(file.getvalue(), sheet="Hidden").columns) == 8


def test_empty_rows_are_passed(folder):
    content = workbook(("Data", [["a", "b"], [], ["1", "2"], [None, " "], ["3", "4"]]))
    assert [(r.place, r.data["a"]) for r in folder.records(content)] == [(3, "1"), (5, "3")]


def test_columns_without_a_head(folder):
    content = workbook(("Data", [["a", None, "b"], ["1", None, "2"], ["3", "4", "5", "6"]]))
    head = folder.look(content)
    assert head.columns == ("a", "Column B", "b", "Column D")
    assert codes(head.notes) == ["head_empty", "head_empty"]


def test_a_row_beyond_all_heads_is_at_fault(folder):
    rows = [["a", "b"], *([str(number), "x"] for number in range(300)), ["3", "4", "5"]]
    assert codes(folder.records(workbook(("Data", rows)))[-1].faults) == ["row_too_wide"]


@pytest.mark.parametrize("rows", [[], [[" "]]])
def test_empty_workbooks(folder, rows):
    assert refused(folder, workbook(("Data", rows))) == "file_empty"


def test_a_sheet_wide_beyond_measure(folder):
    wide = [[f"c{n}" for n in range(2001)], [1]]
    assert refused(folder, workbook(("Data", wide))) == "too_many_columns"


def changed(content: bytes, **parts: bytes) -> bytes:
    """The workbook with other parts, by the ends of their names without ``.xml``."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = parts.get(name.rpartition("/")[2].removesuffix(".xml"))
            new.writestr(name, old.read(name) if part is None else part)
    return file.getvalue()


SMALL = workbook(("Data", [["a", "b"], ["1", "2"]]))
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def test_a_bomb_is_told_by_its_list_of_contents(folder):
    assert refused(folder, changed(SMALL, sheet1=SHEET + b" " * 40_000_000 + END)) == "file_bomb"


def test_a_cell_far_out_does_not_take_the_memory(folder):
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    near = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    assert refused(folder, changed(SMALL, sheet1=SHEET + near + far + END)) == "sheet_too_large"


def test_entities_in_a_workbook(folder):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a&b;</t></is></c></row>'
    with pytest.raises(Unreadable):
        folder.records(changed(SMALL, sheet1=bomb + SHEET + cell + END))
    with pytest.raises(Unreadable):
        folder.records(changed(SMALL, workbook=bomb + b"<workbook/>"))


@pytest.mark.parametrize("end", [100, 1000, -30, -1000])
def test_a_workbook_that_was_cut_off(folder, end):
    assert refused(folder, SMALL[:end]) == "file_damaged"


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in names:
            new.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive("word/document.xml"), "file_not_recognised"),
        (archive("readme.txt"), "file_not_recognised"),
        (archive("xl/workbook.bin"), "workbook_old"),
        (archive("mimetype", "content.xml"), "workbook_old"),
        (archive("xl/workbook.xml"), "file_damaged"),
        (archive(*(f"{n}" for n in range(3001))), "file_bomb"),
        (b"PK\x05\x06" + b"\0" * 18, "file_not_recognised"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_old"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file_encrypted",
        ),
    ],
)
def test_other_archives(folder, content, code):
    assert refused(folder, content) == code


def test_parts_that_are_protected(folder):
    content = bytearray(SMALL)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)
    assert refused(folder, bytes(content)) == "file_encrypted"
