"""CSV: what a writer of the standard writes comes back, in every encoding and dialect."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel import tables
from stocktaking.kernel.reading import Note, Unreadable

COLUMNS = ["id", "title", "note"]
DELIMITERS = [",", ";", "\t", "|"]
ENCODINGS = {
    "utf-8": "é中Ж",
    "utf-8-sig": "é中Ж",
    "utf-16": "é中Ж",
    "windows-1252": "éü€–",
    "windows-1251": "Жщ",
    "gb18030": "中é",
    "shift_jis": "中ソ",
    "latin-1": "éß",
}
BASE = 'ab 1,;|\t"\n.'


def written(rows, delimiter=",", line_end="\r\n", quoting=csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_was_written_is_read(folder, data):
    encoding = data.draw(st.sampled_from(list(ENCODINGS)))
    delimiter = data.draw(st.sampled_from(DELIMITERS))
    line_end = data.draw(st.sampled_from(["\r\n", "\n", "\r"]))
    cell = st.text(alphabet=BASE + ENCODINGS[encoding], max_size=12)
    rows = data.draw(st.lists(st.tuples(cell, cell, cell), max_size=12))
    rows = [(str(number), *row[1:]) for number, row in enumerate(rows)]
    # the writer of the standard library quotes only those line ends that it writes itself
    quoting = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL
    content = written(rows, delimiter, line_end, quoting).encode(encoding)
    found = folder.records(content, encodings=(encoding,), delimiter=delimiter, header=1)
    assert [tuple(r.data.values()) for r in found] == rows
    assert not any(r.faults for r in found)
    assert {code for r in found for code in codes(r.notes)} <= {"letters_suspicious"}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.text("abc d", min_size=1), st.text("xyz,", min_size=1)), min_size=3),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_the_delimiter_is_found(folder, rows, delimiter, line_end):
    rows = [(number, *row) for number, row in enumerate(rows)]
    head = folder.look(written(rows, delimiter, line_end, csv.QUOTE_NONNUMERIC))
    assert (head.delimiter, head.columns) == (delimiter, tuple(COLUMNS))


def test_commas_in_numbers_are_no_delimiters(folder):
    head = folder.look("name;cost;share\nA;1,5;2,5\nB;2,5;3,5\n")
    assert (head.delimiter, head.columns) == (";", ("name", "cost", "share"))
    assert head.notes == (Note("delimiter_found", params={"delimiter": ";"}),)


def test_a_first_line_may_state_the_delimiter(folder):
    content = "sep=|\r\na,x|b\r\n1,2|3\r\n"
    assert folder.look(content).columns == ("a,x", "b")
    [record] = folder.records(content)
    assert (record.place, record.data) == (3, {"a,x": "1,2", "b": "3"})


def test_blanks_before_quotes(folder):
    content = 'a, "b", c\n1, "x, y", 3\n2, "z, z", 4\n'
    assert folder.data(content)[0] == {"a": "1", "b": "x, y", "c": "3"}


def test_one_column_needs_no_delimiter(folder):
    assert folder.data("title\nOne\nTwo words\n") == [{"title": "One"}, {"title": "Two words"}]


@pytest.mark.parametrize("delimiter", ["ab", '"', "\n"])
def test_a_delimiter_that_cannot_be_one_is_refused(folder, delimiter):
    with pytest.raises(Unreadable) as refused:
        folder.look("a,b\n", delimiter=delimiter)
    assert refused.value.code == "delimiter_unknown"


def test_a_place_is_the_line_on_which_the_row_begins(folder):
    content = '\nid,title\n1,"two\nlines"\n\n2,x\r\n3,"a\r\nb\rc"\n4,y'
    found = folder.records(content)
    assert [(r.place, r.data["id"]) for r in found] == [(3, "1"), (6, "2"), (7, "3"), (9, "4")]
    assert found[2].data["title"] == "a\nb\nc"


def test_line_ends_may_be_mixed(folder):
    found = folder.records("id,t\r\n1,a\n2,b\r3,c\r\n")
    assert [(r.place, r.data["id"]) for r in found] == [(2, "1"), (3, "2"), (4, "3")]
    assert not any(r.notes for r in found)


def test_a_bare_return_within_a_cell_stays_in_it(folder):
    content = "id,title,note\n1,one\rtwo,x\n2,three,y\n"
    found = folder.records(content)
    assert [dict(r.data) for r in found] == [
        {"id": "1", "title": "one\ntwo", "note": "x"},
        {"id": "2", "title": "three", "note": "y"},
    ]
    assert codes(found[0].notes) == ["return_kept"]
    assert found[0].notes[0].column == "title"


@pytest.mark.parametrize("place", [0, 1])
def test_no_letter_of_the_file_is_taken_for_a_bare_return(folder, place):
    rows = ["1,a\ufdd0b,x", "2,one\rtwo\ufdd0,y"][place:]
    found = folder.records("\n".join(["id,title,note", *rows, "3,three,z", ""]))
    kept = (
        Note("controls_removed", "title", {"count": 1}),
        Note("return_kept", "title", {"text": "one\ntwo"}),
    )
    assert [(r.data["title"], r.notes) for r in found] == [
        ("ab", kept[:1]),
        ("one\ntwo", kept),
        ("three", ()),
    ][place:]


def test_an_open_quote_is_told_with_its_bare_return(folder):
    [record, _] = folder.records('id,title\n1,"a\rb\n2,x\n', returns="text")
    assert record.faults == (Note("quote_open", params={"text": '1,"a\rb'}),)
    assert record.data["title"] == '"a\nb'


def test_the_reading_says_what_a_bare_return_is(folder):
    content = "id,title\n1,one\rtwo\n2,a\r3,b\n"
    assert [r["title"] for r in folder.data(content, returns="text")] == ["one\ntwo", "a\n3"]
    lines = folder.records(content, returns="line")
    assert [(r.place, r.data["id"]) for r in lines] == [(2, "1"), (3, "two"), (4, "2"), (5, "3")]


def test_a_stray_quote_takes_no_other_row_with_it(folder):
    content = 'id,title\n1,"never closed\n2,fine\n3,"also, fine"\n4,x\n'
    found = folder.records(content)
    assert [(r.place, r.data["id"]) for r in found] == [(2, "1"), (3, "2"), (4, "3"), (5, "4")]
    assert [codes(r.faults) for r in found] == [["quote_open"], [], [], []]


def test_quotes_within_a_quoted_cell_are_told(folder):
    [record] = folder.records('id,title\n1,"The "best" school"\n')
    assert record.data["title"] == 'The best" school"'
    assert codes(record.notes) == ["quote_misplaced"]


def test_quotes_within_a_plain_cell_are_letters(folder):
    assert folder.data('id,title\n1,a 5" pipe\n') == [{"id": "1", "title": 'a 5" pipe'}]


def test_rows_wider_and_narrower_than_the_heads(folder):
    found = folder.records("a,b,c\n1,2,3,4\n1,2\n1,2,3,,\n,,\n\n1,2,3\n")
    assert [codes(r.faults) for r in found] == [["row_too_wide"], [], [], []]
    assert found[0].faults[0].params == {"cells": 4, "columns": 3, "text": "4"}
    assert [codes(r.notes) for r in found] == [[], ["row_too_short"], [], []]
    assert found[1].data == {"a": "1", "b": "2", "c": ""}


def test_cells_that_say_nothing(folder):
    content = "a,b,c\nN/A,x, n/a \n-,-,N/A\n"
    assert folder.data(content, empty=("n/a", "-")) == [{"a": "", "b": "x", "c": ""}]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.text(
    alphabet="=+-@'\"|;, \n\tab", max_size=12
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8))
def test_our_own_export_comes_back_as_it_was(folder, rows):
    rows = [(str(number), *row) for number, row in enumerate(rows)]
    content = b"".join(tables.write_csv(rows, COLUMNS))
    read = folder.records(content, unguard=True, delimiter=",", header=1)
    for record, row in zip(read, rows, strict=True):
        if "controls_removed" not in codes(record.notes):
            assert tuple(record.data.values()) == row


def test_without_the_rule_an_apostrophe_stays(folder):
    content = b"".join(tables.write_csv([("1", "=1+1", "'quoted'")], COLUMNS))
    assert folder.data(content)[0]["title"] == "'=1+1"
    assert folder.data(content, unguard=True)[0] == {"id": "1", "title": "=1+1", "note": "'quoted'"}
