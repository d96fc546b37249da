"""Tables: what is written comes back, and nothing of it is a formula."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stocktaking.kernel import tables

COLUMNS = ["number", "title", "note"]
# what XML and UTF-8 can carry
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
ROWS = st.lists(
    st.fixed_dictionaries({"number": st.integers(-(10**9), 10**9), "title": TEXT, "note": TEXT}),
    max_size=8,
)
STARTS = "=+-@\t\r＝＋－＠﹢﹣"


def read_csv(pieces) -> list[list[str]]:
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_xlsx(rows, columns=COLUMNS):
    file = io.BytesIO()
    tables.write_xlsx(rows, columns, file)
    return openpyxl.load_workbook(file).active


@given(ROWS)
def test_csv_holds_the_same_words_guarded(rows):
    head, *read = read_csv(tables.write_csv(rows, COLUMNS))
    assert head == COLUMNS
    assert read == [
        [str(row["number"]), tables.guard(row["title"]), tables.guard(row["note"])] for row in rows
    ]


@given(st.text(alphabet=STARTS + ";|\n\t \"'“\u200b\ufeffA1()"))
def test_guard_leaves_no_formula_behind_any_separator(text):
    guarded = tables.guard(text)
    assert guarded.replace("'", "") == text.replace("'", "")
    pieces = [guarded]
    for separator in ";\t\r\n|":
        pieces = [part for piece in pieces for part in piece.split(separator)]
    assert not any(piece[:1] and piece[0] in STARTS for piece in pieces)


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        " =1",
        '"=1',
        "“=1",
        "\u200b=1",
        "x;=1",
        "x\n=1",
        'x;"=1"',
        '=HYPERLINK("http://example.org")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_guard_disarms(payload):
    assert tables.guard(payload) != payload


@pytest.mark.parametrize("text", ["", "plain", "a=b", "5-6", "mail@example.org", "C7-EGOV; C2"])
def test_guard_leaves_plain_words_alone(text):
    assert tables.guard(text) == text


@given(st.text(alphabet=STARTS + ";|\n\t \"'“\u200b\ufeffA1()", max_size=40) | st.text(max_size=40))
def test_unguard_gives_back_what_was_guarded(text):
    assert tables.unguard(tables.guard(text)) == text


@pytest.mark.parametrize("text", ["", "'quoted'", "it's", "'", "rock 'n' roll", "a;'b'", "'tis"])
def test_unguard_leaves_other_apostrophes_alone(text):
    assert tables.unguard(text) == text


def test_unguard_takes_linear_time():
    assert tables.unguard(";'" * 200_000) == ";'" * 200_000


def test_guard_takes_linear_time():
    assert tables.guard("\n" * 200_000 + "=").endswith("\n'=")


def test_csv_starts_with_a_mark_and_keeps_numbers_numbers():
    row = {"number": -5, "title": "-5", "note": Decimal("-1.50")}
    whole = b"".join(tables.write_csv([row], COLUMNS))
    assert whole == b"\xef\xbb\xbfnumber,title,note\r\n-5,'-5,-1.50\r\n"


def test_csv_comes_in_pieces():
    rows = ({"number": n} for n in range(tables.ROWS_PER_PIECE * 2 + 1))
    assert len(list(tables.write_csv(rows, ["number"]))) == 3


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_xlsx_gives_back_what_was_written(rows):
    sheet = as_xlsx(rows)
    read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    expected = [[row["number"], row["title"] or None, row["note"] or None] for row in rows]
    if any(any(value is not None for value in row) for row in expected):
        assert read == expected


@pytest.mark.parametrize("payload", ["=1+1", "{=1}", "https://example.org", "0012", "#REF!"])
def test_xlsx_text_is_text(payload):
    cell = as_xlsx([{"title": payload}])["B2"]
    assert cell.value == payload
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.hyperlink is None


def test_xlsx_cuts_what_no_cell_can_hold():
    value = as_xlsx([{"title": "x" * 40_000}])["B2"].value
    assert len(value) == tables.XLSX_CELL_MAX
    assert value.endswith("…")


def test_xlsx_counts_its_rows():
    assert tables.write_xlsx([{"number": 1}, {"number": 2}], COLUMNS, io.BytesIO()) == 2


@given(ROWS)
def test_jsonl_gives_back_what_was_written(rows):
    lines = b"".join(tables.write_jsonl(rows)).decode().split("\n")
    assert [json.loads(line) for line in lines[:-1]] == rows
    assert lines[-1] == ""


def test_jsonl_writes_dates_and_refuses_objects():
    [piece] = tables.write_jsonl([{"day": dt.date(2026, 1, 2), "title": "école"}])
    assert piece == '{"day":"2026-01-02","title":"école"}\n'.encode()
    with pytest.raises(TypeError):
        list(tables.write_jsonl([{"x": object()}]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC), "2026-01-02T03:04:00Z"),
        (["a", 1], "a; 1"),
    ],
)
def test_plain_says_values_as_text(value, text):
    assert tables.plain(value) == text


def test_half_a_surrogate_pair_does_not_end_an_export():
    row = [{"title": "a\ud800b"}]
    assert b"a?b" in b"".join(tables.write_csv(row, COLUMNS))
    assert b"a?b" in b"".join(tables.write_jsonl(row))
    assert as_xlsx(row)["B2"].value == "a?b"
