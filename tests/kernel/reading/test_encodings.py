"""The letters of a file: stated, found or assumed, and never changed without a word."""

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel.reading import Note, Unreadable

MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
ROWS = "title,place\r\nÉcole «Été»,Côte d'Ivoire\r\nПроект,Москва\r\n学校,مدرسة\r\n"


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_says_the_encoding(folder, encoding):
    content = MARKED[encoding] + ROWS.encode(encoding)
    head = folder.look(content)
    assert (head.encoding, head.columns, head.notes) == (encoding, ("title", "place"), ())
    assert [row["title"] for row in folder.data(content)] == ["École «Été»", "Проект", "学校"]


def test_a_mark_counts_more_than_the_reading(folder):
    content = codecs.BOM_UTF16_LE + ROWS.encode("utf-16-le")
    assert folder.look(content, encodings=("windows-1252",)).encoding == "utf-16-le"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_found_where_it_is_sure(folder, encoding):
    head = folder.look(ROWS.encode(encoding))
    assert (head.encoding, head.columns) == (encoding, ("title", "place"))


def test_utf16_is_not_guessed_from_a_few_zero_bytes(folder):
    content = b"title,place\r\na\x00bc,x\r\n" + b"plain text without them,x\r\n" * 50
    head = folder.look(content)
    assert head.encoding == "utf-8"
    [first, *_] = folder.records(content)
    assert first.data["title"] == "abc"
    assert first.notes == (Note("controls_removed", "title", {"count": 1}),)


def test_nothing_given_and_no_utf8_is_windows_1252_and_says_so(folder):
    content = "title\r\nÉcole – “été”\r\n".encode("windows-1252")
    head = folder.look(content)
    assert head.encoding == "windows-1252"
    assert head.notes == (Note("encoding_assumed", params={"encoding": "windows-1252"}),)
    [record] = folder.records(content)
    assert record.data == {"title": "École – “été”"}
    assert record.notes == record.faults == ()


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_two_encodings_in_one_file_are_told_apart_line_by_line(folder, line_end):
    lines = [b"id,title", "1,École".encode(), "2,Côte d’Ivoire".encode("cp1252"), b"3,plain"]
    content = line_end.encode().join([*lines, b""])
    head = folder.look(content)
    assert head.notes == (Note("encoding_mixed", params={"encoding": "windows-1252"}),)
    found = folder.records(content)
    assert [r.data["title"] for r in found] == ["École", "Côte d’Ivoire", "plain"]
    assert [codes(r.notes) for r in found] == [[], ["encoding_fallback"], []]


def test_mixed_letters_within_one_line(folder):
    content = b"a,b\n" + "École,".encode() + "Côte".encode("cp1252") + b"\n"
    [record] = folder.records(content, mixed=True, encodings=("utf-8", "windows-1252"))
    assert record.data == {"a": "École", "b": "Côte"}
    assert codes(record.notes) == ["encoding_fallback"]


def test_mixed_lines_keep_cells_of_several_lines_together(folder):
    content = b'a,b\n"x\n' + "é".encode("cp1252") + b'\ny",2\nz,3\n'
    found = folder.records(content, mixed=True, encodings=("utf-8", "windows-1252"))
    assert [dict(r.data) for r in found] == [{"a": "x\né\ny", "b": "2"}, {"a": "z", "b": "3"}]
    assert [codes(r.notes) for r in found] == [["encoding_fallback"], []]
    assert [r.place for r in found] == [2, 5]


def test_given_encodings_are_tried_for_the_whole_file(folder):
    content = "title\nПроект\n".encode("cp1251")
    assert folder.data(content, encodings=("utf-8", "windows-1251")) == [{"title": "Проект"}]


def test_bytes_that_no_encoding_reads_are_a_fault_of_their_record(folder):
    found = folder.records(b"title,b\nsound,1\nbro\xffken,2\n", encodings=("utf-8",))
    assert [r.data["title"] for r in found] == ["sound", "bro\ufffdken"]
    assert [codes(r.faults) for r in found] == [[], ["letters_unreadable"]]
    assert found[1].faults[0].column == "title"


def test_a_byte_that_windows_1252_lacks_is_a_fault(folder):
    [record] = folder.records(b"title\n\xe9\x81\n")
    assert record.data == {"title": "é\ufffd"}
    assert codes(record.faults) == ["letters_unreadable"]


def test_a_letter_that_was_lost_before_is_suspicious(folder):
    [record] = folder.records("title\nC\ufffdte\n")
    assert codes(record.notes) == ["letters_suspicious"]
    assert record.faults == ()


def test_half_a_letter_of_utf16_is_a_fault(folder):
    content = codecs.BOM_UTF16_LE + "title\nab".encode("utf-16-le") + b"\x00\xd8c\x00\n\x00"
    [record] = folder.records(content)
    assert record.data == {"title": "ab\ufffdc"}
    assert codes(record.faults) == ["letters_unreadable"]


@pytest.mark.parametrize("name", ["no-such", "rot13", "idna", "hex", "cp037", "unicode_escape"])
def test_an_encoding_that_is_none_is_refused(folder, name):
    with pytest.raises(Unreadable) as refused:
        folder.look("a,b\n", encodings=(name,))
    assert refused.value.code == "encoding_unknown"


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "utf-8-sig", "latin-1", "gb18030", "utf-16"])
def test_encodings_go_by_all_their_names(folder, name):
    assert folder.look("a,b\n1,2\n", encodings=(name, "utf-8")).columns == ("a", "b")


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(LETTERS, st.sampled_from(["utf-8", "windows-1252"])), min_size=1),
    st.sampled_from([b"\n", b"\r\n"]),
)
def test_each_line_is_read_in_the_encoding_it_was_written_in(folder, lines, end):
    sound = [(text, name) for text, name in lines if _only_in(text, name)]
    content = b"id,title" + end
    for number, (text, name) in enumerate(sound):
        content += f'{number},"{text.replace(chr(34), "")}"'.encode(name) + end
    found = folder.records(content, mixed=True, encodings=("utf-8", "windows-1252"), kind="csv")
    read = {int(r.data["id"]): r for r in found if not r.notes or r.notes[0].column == ""}
    for number, record in read.items():
        assert record.data["title"] == sound[number][0].replace('"', "")


def _only_in(text: str, name: str) -> bool:
    """Whether the bytes of a text could not be another encoding, and it looks like itself."""
    try:
        raw = text.encode(name)
    except UnicodeError:
        return False
    if name == "utf-8":
        return True
    try:
        raw.decode("utf-8")
    except UnicodeError:
        return True
    return text.isascii()
