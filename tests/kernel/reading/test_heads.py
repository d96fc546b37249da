"""The row of the heads, and names for columns without a good one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel.reading import Note, Unreadable
from stocktaking.kernel.reading.heads import find_header, letters_of, name_columns


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Name", "Year"], ["a", "2001"]], 0),
        ([["Report"], [""], ["Date:", "2015"], ["a", "b", "c", "d"], ["1", "2", "3", "4"]], 3),
        ([["Where", "", "", "When", "", ""], [*"abcdef"], [*"123456"], [*"123456"]], 1),
        ([["Name", "Name", "Year"], ["x", "y", "2001"], ["z", "w", "2002"]], 0),
        ([["Name", "", "Year", "Place"], ["x", "y", "2001", "z"], ["z", "w", "2002", "z"]], 0),
        ([["Name"], ["x"], ["y"]], 0),
        ([["Name", "2010", "2011", "Sum", "Total"], ["x", "1", "2", "3", "6"]], 0),
        ([["id", "t"], ["1", "a", "stray"], ["2", "b"]], 0),
        ([["Title", "Note"], ["x" * 400, "y" * 400]], 0),
    ],
)
def test_the_heads_are_found(rows, place):
    assert find_header(rows) == (place, False)


def test_a_table_without_heads_is_in_doubt():
    assert find_header([["1", "2"], ["3", "4"]]) == (0, True)
    assert find_header([["", ""], ["2001", "2"]]) == (1, True)
    assert find_header([]) == (0, True)


def test_heads_below_a_cover_are_told(folder):
    content = "Projects of 2015\n\nSource:,Ministry\nName,Start,End\nA,1,2\nB,3,4\n"
    head = folder.look(content)
    assert (head.header, head.columns) == (4, ("Name", "Start", "End"))
    assert head.notes == (Note("header_found", params={"row": 4}),)
    assert [r.place for r in folder.records(content)] == [5, 6]


def test_numbers_alone_leave_a_doubt(folder):
    assert codes(folder.look("1,2\n3,4\n").notes) == ["header_doubtful"]


def test_the_reading_says_where_the_heads_are(folder):
    content = "\na,b\nName,Start\nA,1\n"
    head = folder.look(content, header=3)
    assert (head.columns, head.header, head.notes) == (("Name", "Start"), 3, ())
    for row in (1, 9):
        with pytest.raises(Unreadable) as refused:
            folder.look(content, header=row)
        assert refused.value.code == "header_unknown"


def test_heads_that_are_named_decide_how_rows_are_read(folder):
    content = 'Year,2015,2016,2017,2018\nSum,1,2,3,4\nid;title\n1;"a "b" c"\n2;one\rtwo\n'
    found = folder.records(content, header=3)
    assert [dict(r.data) for r in found] == [
        {"id": "1", "title": 'a b" c"'},
        {"id": "2", "title": "one\ntwo"},
    ]


def test_heads_twice_and_none(folder):
    head = folder.look("Name,Name,,Name (2),\nx,y,z,w,\n")
    assert head.columns == ("Name", "Name (3)", "Column C", "Name (2)")
    assert head.notes == (
        Note("head_repeated", "Name (3)", {"name": "Name"}),
        Note("head_empty", "Column C"),
    )


def test_heads_are_single_lines_without_what_cannot_be_seen(folder):
    assert folder.look('"Name\n of  it",\u200bb\xa0c\nx,y\n').columns == ("Name of it", "b c")


def test_a_file_of_heads_alone_has_no_records(folder):
    for content in ("a,b,c\r\n", "a,b,c", "a;b;c\n\n;;\n"):
        assert folder.look(content).columns == ("a", "b", "c")
        assert folder.records(content) == []


@given(
    st.lists(st.sampled_from(["", "a", "a (2)", "b", "Column A", "Column B", " a "]), max_size=9)
)
def test_names_of_columns_are_all_different(heads):
    names, notes = name_columns(heads)
    assert len(set(names)) == len(heads)
    assert {note.column for note in notes} <= set(names)


def test_columns_are_called_as_spreadsheets_call_them():
    assert [letters_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


def test_samples_are_different_texts(folder):
    head = folder.look("a,b\n1,x\n1,\n2,x\n")
    assert head.samples == {"a": ("1", "2"), "b": ("x",)}
