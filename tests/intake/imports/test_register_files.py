"""What entries say, written into files of our own and read from them again."""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.entries.acceptable import ACCEPTABLE

from stocktaking.entries.rules import edit_table
from stocktaking.entries.rules.edit_table import OwnRow
from stocktaking.entries.rules.snapshots import to_json
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues, PartnerValue, SectionValue, TextValue
from stocktaking.intake.rules.profiles.shipped import shipped
from stocktaking.kernel import tables
from stocktaking.kernel.reading import records

READING = shipped()["register"].reading
SOME = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# letters that no text has: they are kept for programs, and a reader of files uses them
NO_LETTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def is_writable(values: EntryValues) -> bool:
    """Codes of sections are heads of columns, which have no blanks."""
    text = json.dumps(to_json(values), ensure_ascii=False)
    return not NO_LETTERS.search(text) and not any(" " in one.code for one in values.sections)


WRITABLE = ACCEPTABLE.filter(is_writable)


def written(entries: Sequence[EntryValues], form: str) -> bytes:
    """A file of these entries, numbered from 1."""
    if form == "jsonl":
        lines = [{**to_json(one), "number": n} for n, one in enumerate(entries, start=1)]
        for line in lines:
            line["organisation"] = {"number": line["organisation"], "name": "X"}
        return b"".join(tables.write_jsonl(lines))
    rows = [edit_table.row(one) | {"number": n} for n, one in enumerate(entries, 1)]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[row.get(column) for column in columns] for row in rows]
    if form == "csv":
        return b"".join(tables.write_csv(cells, columns))
    file = io.BytesIO()
    tables.write_xlsx(cells, columns, file)
    return file.getvalue()


def read(data: bytes, form: str, folder: Path) -> list[OwnRow]:
    path = folder / f"entries.{form}"
    path.write_bytes(data)
    found = []
    for record in records(path, READING):
        assert record.faults == ()
        is_table = form != "jsonl"
        row, faults = (edit_table.read_row if is_table else edit_table.read_document)(record.data)
        assert faults == []
        found.append(row)
    return found


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@given(entries=st.lists(WRITABLE, min_size=1, max_size=4))
@SOME
def test_files_lose_nothing(form, entries, tmp_path):
    rows = read(written(entries, form), form, tmp_path)
    assert [row.number for row in rows] == list(range(1, len(entries) + 1))
    assert [row.on(one) for row, one in zip(rows, entries, strict=True)] == entries


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1+1",
        "''+",
        "-5 °C",
        "@home; =2",
        "a;'=b",
        "one\n=two\n\n  - three",
        "| =x | 'y",
        "_x0041_ _x000D_",
        "007",
        "1e5",
        "2019-05",
        "TRUE",
        "N/A",
        "NULL",
        "-",
        '"quoted", and more',
        "<b>bold</b> & <5",
        "tab\tin it",
        "Ã© looks broken",
        "\U0001f4e1 中文 العربية",
        "\u200fright to left\u200e",
        "[too long for a cell: 7 characters; left as it is]",
        "\u2028 a line of its own",
    ],
)
def test_awkward_texts_stay(form, text, tmp_path):
    values = tidy(
        EntryValues(
            "en",
            (TextValue("en", "Mast", text),),
            sections=(SectionValue("description", "en", text),),
            partners=(PartnerValue(text),),
            attribution=text,
        )
    )
    [row] = read(written([values], form), form, tmp_path)
    assert row.on(values) == values
    again = row.on(EntryValues("", ()))
    assert json.dumps(to_json(again)) == json.dumps(to_json(values))
