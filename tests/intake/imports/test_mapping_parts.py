"""Addresses, words, identifiers, links and additional facts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.imports.frameworks import wsis
from tests.intake.imports.mapped import HEAD, TITLE, codes, mapped

from stocktaking.entries.rules.shapes import additional_facts
from stocktaking.entries.rules.values import IdentifierValue, LinkValue
from stocktaking.entries.states import LinkKind
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.facts import plain
from stocktaking.intake.rules.profiles.mapping import Mapper
from stocktaking.kernel.reading import Record


def field(to, more="", column="a"):
    return f'[[fields]]\nto = "{to}"\ncolumns = "{column}"\n{more}\n'


def test_the_website():
    found = mapped(field("website"), {"a": " https://a.example/x "})
    assert found.values.website == "https://a.example/x"
    assert codes(mapped(field("website"), {"a": "www.a.example"}).faults) == ["address_malformed"]
    assert codes(mapped(field("website"), {"a": "https://" + "a" * 500}).faults) == [
        "text_too_long"
    ]
    kept = mapped(field("website", 'faulty = "keep"'), {"a": "www.a.example"})
    assert kept.values.extra == {"as_stated": {"website": ["www.a.example"]}}
    assert codes(kept.notes) == ["address_malformed"]


def test_addresses_that_begin_with_no_scheme():
    rules = field("website", 'prefix = "https://"') + (
        '[[links]]\ncolumns = "b"\nprefix = "http://"\nseparators = " "'
    )
    found = mapped(rules, {"a": "www.a.example", "b": "b.example http://c.example"})
    assert found.values.website == "https://www.a.example"
    assert [link.url for link in found.values.links] == ["http://b.example", "http://c.example"]
    assert mapped(rules, {"a": "ftp://a.example"}).values is None


def test_yes_and_no():
    for said, meant in [("yes", True), (True, True), (1, True), ("No", False), (0, False)]:
        assert mapped(field("worldwide"), {"a": said}).values.worldwide is meant
    assert codes(mapped(field("worldwide"), {"a": "oui"}).faults) == ["flag_unknown"]
    mapped_words = field("worldwide", 'values = {"oui" = "yes"}')
    assert mapped(mapped_words, {"a": "Oui"}).values.worldwide is True


def test_a_constant_for_some_records():
    rule = '[[fields]]\nto = "worldwide"\nvalue = "yes"\nwhen = {where = "Global"}'
    assert mapped(rule, {"where": "global"}).values.worldwide is True
    other = mapped(rule, {"where": "Kenya"})
    assert other.values.worldwide is False
    assert "worldwide" in other.stated


def test_licence_attribution_and_source_of_the_profile_and_of_a_record():
    head = 'licence = "CC0-1.0"\nattribution = "All of us"\nsource = "us"\n'
    found = mapped(field("licence"), {"a": ""}, head=head)
    assert (found.values.licence, found.values.attribution) == ("CC0-1.0", "All of us")
    assert found.values.source == "us"
    assert {"licence", "attribution", "source"} <= found.stated
    assert mapped(field("licence"), {"a": "CC-BY-4.0"}, head=head).values.licence == "CC-BY-4.0"
    long = mapped(field("licence"), {"a": "l" * 61})
    assert [(f.code, f.params) for f in long.faults] == [
        ("text_too_long", {"value": "l" * 61, "most": 60, "length": 61})
    ]
    cut = mapped(field("licence", "cut = 20"), {"a": "l" * 61})
    assert (cut.values.licence, codes(cut.notes)) == ("l" * 20, ["text_cut"])


def test_collections():
    rule = field("collections", 'separators = ";"')
    assert mapped(rule, {"a": "one; two"}).values.collections == ("one", "two")


def test_identity():
    found = mapped("", {"id": " A 1 "})
    assert found.identity == "partners:A 1"
    assert found.values.identifiers == (IdentifierValue("partners", "A 1"),)
    assert "identifiers.partners" in found.stated
    missing = mapped("", {"id": " "})
    assert (missing.identity, missing.values) == ("", None)
    assert [(f.code, f.column) for f in missing.faults] == [("identity_missing", "id")]
    assert missing.title == "A title"


def test_identity_of_several_columns_and_with_an_address():
    head = HEAD.replace('columns = "id"', 'columns = ["id", "year"], url = "page"')
    data = {"year": 2019, "page": "https://a.example/1"}
    found = mapped_with(head, data)
    assert found.values.identifiers == (
        IdentifierValue("partners", "1 / 2019", "https://a.example/1"),
    )
    assert codes(mapped_with(head, {"year": ""}).faults) == ["identity_missing"]
    bad = mapped_with(head, {"year": 2019, "page": "page 1"})
    assert (bad.values.identifiers[0].url, codes(bad.notes)) == ("", ["address_malformed"])


def test_identity_by_our_own_number():
    head = HEAD.replace("identity = {", 'identity = {number = "no", version = "v", ')
    found = mapped_with(head, {"no": "12", "v": "3"})
    assert (found.identity, found.number, found.based_on) == ("#12", 12, 3)
    assert codes(mapped_with(head, {"no": "twelve"}).faults) == ["number_malformed"]
    new = mapped_with(head, {"no": ""})
    assert (new.identity, new.number) == ("partners:1", None)


def mapped_with(head, data):
    """A record mapped by a profile with another head."""
    mapper = Mapper(parse(head + TITLE, wsis()), wsis())
    return mapper.map(Record(1, {"id": "1", "title": "A title", **data}))


def test_identifiers_that_cannot_be_kept():
    assert codes(mapped("", {"id": "i" * 201}).faults) == ["text_too_long"]
    assert codes(mapped("", {"id": "i\x00"}).faults) == ["control_character"]


def test_further_identifiers():
    rules = """
    [[identifiers]]
    system = "iati"
    columns = "iati"

    [[identifiers]]
    each = "others"
    system_column = "list"
    columns = "value"
    url = "page"
    """
    data = {"iati": "X-1", "others": [{"list": "b", "value": "2", "page": "https://b.example"}]}
    found = mapped(rules, data)
    assert found.values.identifiers[1:] == (
        IdentifierValue("iati", "X-1"),
        IdentifierValue("b", "2", "https://b.example"),
    )
    assert "identifiers" in found.stated


LINKS = """
[[links]]
kind = "evidence"
each = "documents"
columns = "url"
label = "name"

[[links]]
columns = "sources"
separators = "; "
"""


def test_links():
    data = {
        "documents": [{"url": "https://a.example/1", "name": "Report"}, {"url": ""}],
        "sources": ["https://b.example; Annual report 2019", "https://b.example"],
    }
    found = mapped(LINKS, data)
    assert found.values.links == (
        LinkValue(LinkKind.EVIDENCE, "https://a.example/1", "Report"),
        LinkValue(LinkKind.SOURCE, "https://b.example"),
        LinkValue(LinkKind.SOURCE, "", "Annual report 2019"),
    )
    assert {"links.evidence", "links.source"} <= found.stated
    assert found.columns["links.0"] == "documents.url"


def test_links_that_are_no_addresses():
    data = {"documents": [{"url": "see annex", "name": "Annex"}]}
    found = mapped(LINKS, data)
    assert [(f.code, f.column) for f in found.faults] == [("address_malformed", "documents.url")]
    told = mapped(LINKS.replace('"evidence"', '"evidence"\nfaulty = "report"'), data)
    assert (told.values.links, codes(told.notes)) == ((), ["address_malformed"])


def test_kinds_of_links_by_a_column():
    rule = '[[links]]\neach = "l"\ncolumns = "u"\nkind_column = "k"'
    data = {"l": [{"u": "https://a.example", "k": "Website"}, {"u": "https://b.example", "k": "x"}]}
    found = mapped(rule, data)
    assert [link.kind for link in found.values.links] == ["website", "source"]
    assert codes(found.notes) == ["value_unknown"]


def test_additional_facts():
    assert mapped(field("extra:n"), {"a": 3}).values.extra == {"n": 3}
    assert mapped(field("extra:n"), {"a": ["x", "y"]}).values.extra == {"n": ["x", "y"]}
    assert mapped(field("extra:n"), {"a": " two\nlines "}).values.extra == {"n": "two lines"}
    assert mapped(field("extra:n"), {"a": ""}).values.extra == {}
    assert "extra.n" in mapped(field("extra:n"), {}).stated
    split = field("extra:n", 'separators = ";"')
    assert mapped(split, {"a": "x; y"}).values.extra == {"n": ["x", "y"]}
    renamed = field("extra:n", 'values = {"x" = "letter", "y" = ""}')
    assert mapped(renamed, {"a": ["X", "Y"]}).values.extra == {"n": "letter"}


def test_additional_facts_as_they_stand():
    data = {"a": [{"@code": "1", "@share": 50.0, "#text": "Schools", "also": [None, True]}]}
    assert mapped(field("extra:n", "whole = true"), data).values.extra == {
        "n": [{"code": "1", "share": 50.0, "text": "Schools", "also": [None, True]}]
    }
    all_of_it = mapped(field("extra", "whole = true"), {"a": {"x": 1, "y": "z"}})
    assert all_of_it.values.extra == {"x": 1, "y": "z"}
    assert "extra" in all_of_it.stated


@pytest.mark.parametrize("fact", [{"x": math.inf}, {"x": "a\x00b"}, [[[[[[[[1]]]]]]]], [1] * 3000])
def test_facts_that_cannot_be_kept(fact):
    found = mapped(field("extra:n", "whole = true"), {"a": fact})
    assert codes(found.faults) == ["fact_malformed"]
    told = mapped(field("extra:n", 'whole = true\nfaulty = "report"'), {"a": fact})
    assert (told.values.extra, codes(told.notes)) == ({}, ["fact_malformed"])


def test_long_facts():
    assert codes(mapped(field("extra:n"), {"a": "x" * 50_001}).faults) == ["text_too_long"]
    cut = mapped(field("extra:n", "cut = 10"), {"a": "x" * 11})
    assert (cut.values.extra, codes(cut.notes)) == ({"n": "x" * 10}, ["text_cut"])


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=30,
)


@given(PLAIN)
def test_what_is_kept_is_what_entries_accept(stated):
    try:
        fact = plain(stated)
    except ValueError:
        return
    assert list(additional_facts(fact)) == []
    assert plain(fact) == fact
