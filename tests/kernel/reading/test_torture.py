"""Files that are not what they say, or more than anybody can read: refused or told, in bounds."""

import gzip
import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel.reading import FileKind, Reading, Unreadable, look, records
from stocktaking.kernel.reading.limits import COLUMNS_MAX, RECORD_MAX

SEEDS = (
    b'a,b,c\r\n1,"x\r\ny",3\r\n"q""q",,\r\n',
    b'{"a":1,"b":[{"c":"\\u00e9"}]}\n{"a":2}\n',
    b'[{"a":1},{"b":2.5e3}, [1], null]',
    b'<?xml version="1.0"?><r><i a="1">x<b/>y</i><i/></r>',
    "a;b;é\nÃ©;<p>x</p>;&amp;\n".encode("utf-16"),
    "a\tb\nя\tж\n".encode("cp1251"),
    b"sep=;\na;b\n1;2\n",
    "name;é\nü;ä\r".encode("cp1252"),
    b'{\n "a": {\n "b": 1\n }\n}\n{"c":2}',
    b"a,b\n1,x\ry\n2,z\n",
)
SIGNS = [bytes([letter]) for letter in b'",;\n\r\t|\0{}[]:<>&\\a1\xe9\x81']
WORDS = [b"\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\xa9", b"\\ud800", b"NaN", b"1e999", b"'="]
PIECES = st.sampled_from([*SIGNS, *WORDS, b"<!DOCTYPE a>", b"<!--", b"/>", b"\x1f\x8b"])
READINGS = st.sampled_from(
    [
        Reading(),
        Reading(mixed=True, encodings=("utf-8", "cp1252")),
        Reading(FileKind.CSV, unguard=True, html="text", mojibake="repair", empty=("n/a", "")),
        Reading(kind=FileKind.JSONL, html="text", mojibake="repair"),
        Reading(kind=FileKind.XML),
        Reading(header=2),
        Reading(encodings=("utf-16", "latin-1")),
        Reading(returns="text", delimiter=";"),
        Reading(returns="line", record="i"),
    ]
)


@st.composite
def damaged(draw):
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for place, piece in draw(st.lists(st.tuples(st.integers(0, 99), PIECES), max_size=6)):
        content[place % (len(content) + 1) : place % (len(content) + 1)] = piece
    cut = draw(st.integers(0, len(content)))
    return bytes(content[: cut or len(content)])


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200) | st.lists(PIECES, max_size=40).map(b"".join) | damaged(),
    READINGS,
    st.booleans(),
)
def test_any_bytes_are_read_or_refused(folder, content, reading, packed):
    path = folder.write(gzip.compress(content) if packed else content)
    place = 0
    try:
        head = look(path, reading)
        for record in records(path, reading):
            assert record.place > place
            place = record.place
            if head.kind in (FileKind.CSV, FileKind.XLSX):
                assert tuple(record.data) == head.columns
    except Unreadable as problem:
        assert str(problem)  # noqa: PT017 - whether it is refused depends on the bytes


def refused(folder, content, **reading) -> str:
    with pytest.raises(Unreadable) as problem:
        folder.records(content, **reading)
    return problem.value.code


@pytest.mark.parametrize("content", [b"", b"\n\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_files(folder, content):
    assert refused(folder, content) == "file_empty"
    assert refused(folder, gzip.compress(content)) == "file_empty"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nsome text\n%%EOF",
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 20,
        b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 4,
        b"GIF89a" + bytes(100),
        b"\x7fELF" + bytes(200),
        b"MZ" + bytes(range(256)) * 4,
        b"{\\rtf1\\ansi text}",
        b"\0" * 5000,
        random.Random(5).randbytes(5000),
        gzip.compress(gzip.compress(b"a,b\n1,2\n", mtime=0), mtime=0),
        gzip.compress(b"PK\x03\x04" + bytes(50), mtime=0),
        b"<html><table><tr><td>a</td></tr></table></html>",
    ],
    ids=[
        "pdf",
        "png",
        "jpeg",
        "gif",
        "elf",
        "exe",
        "rtf",
        "zeros",
        "noise",
        "packed-twice",
        "packed-zip",
        "html",
    ],
)
def test_files_that_are_no_tables(folder, content):
    for kind in (None, FileKind.CSV, FileKind.JSONL, FileKind.XML):
        assert refused(folder, content, kind=kind) == "file_not_recognised"


def test_a_database_is_no_table(folder):
    database = sqlite3.connect(folder.path / "file")
    database.execute("create table a (b)")
    database.close()
    assert refused(folder, (folder.path / "file").read_bytes()) == "file_not_recognised"


def test_a_packed_file_that_was_cut_off_or_changed(folder):
    content = gzip.compress(b'{"a":1}\n' * 5000)
    assert refused(folder, content[:-20]) == "file_damaged"
    assert refused(folder, content[:40] + b"\0" + content[41:]) == "file_damaged"
    assert refused(folder, content + b"behind") == "file_damaged"
    assert len(folder.records(content + content)) == 10_000


def test_a_packed_bomb(folder):
    assert refused(folder, gzip.compress(bytes(40_000_000))) == "file_not_recognised"
    assert refused(folder, gzip.compress(b"title\n" + b"a,b\n" * 10_000_000)) == "file_bomb"


def test_a_file_that_is_too_large_to_begin_with(folder):
    path = folder.write(b"a,b\n1,2\n")
    with path.open("r+b") as file:
        file.truncate(513 * 1024 * 1024)  # takes no room on the disk
    with pytest.raises(Unreadable) as problem:
        look(path)
    assert problem.value.code == "file_too_large"
    assert "512" in str(problem.value)


def test_a_million_columns(folder):
    assert refused(folder, ",".join(f"c{n}" for n in range(1_000_000)) + "\n") == "too_many_columns"
    assert refused(folder, ";" * 1_000_000 + "x\n1\n") == "too_many_columns"
    assert len(folder.look(",".join(f"c{n}" for n in range(COLUMNS_MAX))).columns) == COLUMNS_MAX


def test_a_row_of_a_million_cells_is_alone_at_fault(folder):
    found = folder.records("a,b\n1,2\n" + "x," * 1_000_000 + "\n3,4\n")
    assert [codes(r.faults) for r in found] == [[], ["row_too_wide"], []]


def test_cells_and_lines_without_end(folder):
    found = folder.records("a,b\n1," + "x" * 1_100_000 + "\n3,4\n")
    assert [codes(r.faults) for r in found] == [["cell_too_long"], []]
    assert len(found[0].data["b"]) == 1024 * 1024
    found = folder.records("a,b\n1," + "x" * (RECORD_MAX + 1) + "\n3,4\n")
    assert [(r.place, codes(r.faults)) for r in found] == [(2, ["line_too_long"]), (3, [])]


def test_a_quote_that_takes_the_whole_file_does_not(folder):
    rows = "".join(f"{n},some words\n" for n in range(60_000))
    found = folder.records('id,title\nx,"open\n' + rows)
    assert codes(found[0].faults) == ["quote_open"]
    assert len(found) == 60_001
    assert not any(r.faults for r in found[1:])


def test_quotes_open_in_every_row_end_in_reasonable_time(folder):
    rows = "".join(f'{n},"open\n' for n in range(20_001))
    found = folder.records("id,title\n" + rows)
    assert all(codes(r.faults) == ["quote_open"] for r in found)


def test_a_file_that_vanished_is_nobody_elses_fault(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        look(tmp_path / "none")
