"""XML: records as plain values, whatever the publisher's tool did to them."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel.reading import FileKind, Note, Path, Unreadable, records
from stocktaking.kernel.reading.limits import ELEMENT_MAX, RECORD_MAX

ACTIVITIES = """<?xml version="1.0" encoding="{}"?>
<iati-activities version="2.03">
 <iati-activity xml:lang="fr" default-currency="XOF">
  <iati-identifier> SN-1 </iati-identifier>
  <title><narrative>Éducation</narrative><narrative xml:lang="en">Education</narrative></title>
  <sector code="111" percentage="100"/>
  <x:note xmlns:x="urn:x" x:kind="k">a<!-- no -->b<![CDATA[<c>]]></x:note>
 </iati-activity>
 <iati-activity><iati-identifier>SN-2</iati-identifier></iati-activity>
</iati-activities>
"""


def test_an_activity_becomes_plain_values(folder):
    content = ACTIVITIES.format("UTF-8")
    first, second = folder.records(content)
    assert first.data == {
        "@lang": "fr",
        "@default-currency": "XOF",
        "iati-identifier": ["SN-1"],
        "title": [{"narrative": ["Éducation", {"@lang": "en", "#text": "Education"}]}],
        "sector": [{"@code": "111", "@percentage": "100"}],
        "note": [{"@kind": "k", "#text": "ab<c>"}],
    }
    assert (first.place, second.place) == (1, 2)
    assert second.data == {"iati-identifier": ["SN-2"]}
    assert first.notes == first.faults == ()
    assert Path.parse("title.narrative").values(first.data) == ["Éducation", "Education"]


@pytest.mark.parametrize("packed", [False, True])
def test_what_the_file_is_tells_its_content(folder, packed):
    content = ACTIVITIES.format("UTF-8").encode()
    head = folder.look(gzip.compress(content) if packed else content)
    assert (head.kind, head.record, head.encoding) == (FileKind.XML, "iati-activity", "utf-8")
    assert head.columns[:3] == ("@lang", "@default-currency", "iati-identifier")
    assert head.samples["title.narrative"] == ("Éducation", "Education")
    assert head.notes == ()


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("UTF-16", "utf-16"),
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-8"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings_that_are_stated_or_marked(folder, stated, encoding):
    first, _ = folder.records(ACTIVITIES.format(stated).encode(encoding))
    assert Path.parse("title.narrative[1]").values(first.data) == ["Éducation"]


def test_what_the_file_states_counts_more_than_the_reading(folder):
    content = ACTIVITIES.format("windows-1251").replace("É", "Э").encode("windows-1251")
    first, _ = folder.records(content, encodings=("utf-8", "windows-1252"), mixed=True)
    assert Path.parse("title.narrative[1]").values(first.data) == ["Эducation"]


def test_an_encoding_that_is_none_is_refused(folder):
    with pytest.raises(Unreadable) as refused:
        folder.look(ACTIVITIES.format("klingon"))
    assert refused.value.code == "encoding_unknown"


def test_utf8_that_is_partly_something_else_is_read_and_told(folder):
    content = ACTIVITIES.format("UTF-8").encode().replace(b"SN-2", "Côte – é".encode("cp1252"))
    head = folder.look(content)
    assert codes(head.notes) == ["encoding_mixed"]
    first, second = folder.records(content)
    assert Path.parse("title.narrative[1]").values(first.data) == ["Éducation"]
    assert second.data == {"iati-identifier": ["Côte – é"]}
    assert (codes(first.notes), codes(second.notes)) == ([], ["encoding_fallback"])


def test_control_characters_are_left_out_and_told(folder):
    content = ACTIVITIES.format("UTF-8").replace("SN-2", "SN\x0b-\x022")
    first, second = folder.records(content)
    assert second.data == {"iati-identifier": ["SN-2"]}
    assert second.notes == (Note("controls_removed", params={"count": 2}),)
    assert first.notes == ()


BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><r><i>&b;</i></r>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        '<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd"><r><i>1</i></r>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><i>&x;</i></r>',
        "<!DOCTYPE r><r><i>1</i></r>",
    ],
)
def test_document_types_and_entities_are_refused(folder, content):
    for read in (folder.look, folder.records):
        with pytest.raises(Unreadable) as refused:
            read(content, record="i")
        assert refused.value.code == "xml_entities"


@pytest.mark.parametrize(
    ("content", "record"),
    [
        ("<rss><channel><t>x</t><item>1</item><item>2</item></channel></rss>", "item"),
        ("<r><a>1</a><b>1</b><b>2</b></r>", "b"),
        ("<r><only>1</only></r>", "only"),
        ("<r><iati-activity>1</iati-activity><b>1</b><b>2</b></r>", "iati-activity"),
        ("<iati-activity><a>1</a></iati-activity>", "iati-activity"),
    ],
)
def test_the_record_is_found(folder, content, record):
    head = folder.look(content)
    assert head.record == record
    told = [] if record == "iati-activity" else [Note("record_found", params={"record": record})]
    assert list(head.notes) == told


def test_the_reading_says_what_a_record_is(folder):
    content = "<r><a>1</a><b>x<a>y</a></b><b>z</b></r>"
    assert folder.data(content, record="b") == [{"a": ["y"], "#text": "x"}, {"#text": "z"}]
    assert folder.data(content, record="a") == [{"#text": "1"}, {"#text": "y"}]
    with pytest.raises(Unreadable) as refused:
        folder.records(content, record="c")
    assert refused.value.code == "record_unknown"


def test_a_file_without_records_is_sound(folder):
    assert folder.records('<iati-activities version="2.03"/>', record="iati-activity") == []


def test_damage_comes_behind_the_records_before_it(folder):
    path = folder.write("<r>\n<i>1</i>\n<i>2</i>\n<i>3</j></r>")
    found = records(path)
    assert [next(found).place, next(found).place] == [1, 2]
    with pytest.raises(Unreadable) as refused:
        next(found)
    assert (refused.value.code, refused.value.params) == ("xml_damaged", {"line": 4})


@pytest.mark.parametrize("content", ["<r><i>1</i>", "<r>", "<r><i>1</i></r>x", "<a b></a>"])
def test_what_is_cut_off_or_broken_is_refused(folder, content):
    with pytest.raises(Unreadable) as refused:
        folder.records(content)
    assert refused.value.code == "xml_damaged"


def test_nesting_has_an_end(folder):
    for content in ("<a>" * 100_000, "<r>" + "<i>" * 70 + "</i>" * 70 + "</r>"):
        with pytest.raises(Unreadable) as refused:
            folder.records(content)
        assert refused.value.code == "xml_too_deep"


def test_a_record_without_end_is_at_fault_and_left_out(folder):
    long = "<x>y</x>" * (ELEMENT_MAX // 50)
    found = folder.records(f"<r><i>1</i><i>{long}</i><i>2</i></r>", record="i")
    assert [codes(r.faults) for r in found] == [[], ["line_too_long"], []]
    assert [dict(r.data) for r in found] == [{"#text": "1"}, {}, {"#text": "2"}]


def test_a_tag_without_end_is_refused(folder):
    with pytest.raises(Unreadable) as refused:
        folder.records('<r><i a="' + "x" * (2 * RECORD_MAX), record="i")
    assert refused.value.code == "record_too_long"


def test_html_is_not_taken_for_records(folder):
    for content in ("<!DOCTYPE html><html></html>", "<html><body>x</body></html>", "<svg></svg>"):
        with pytest.raises(Unreadable) as refused:
            folder.look(content)
        assert refused.value.code == "file_not_recognised"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("aé中&<>\"' \n", max_size=9), min_size=1), st.booleans())
def test_texts_come_back(folder, texts, wide):
    escaped = [t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for t in texts]
    content = "<r>" + "".join(f"<i><t>{text}</t></i>" for text in escaped) + "</r>"
    found = folder.records(content.encode("utf-16" if wide else "utf-8"), record="i")
    assert [r.data["t"] for r in found] == [[text.strip()] for text in texts]
