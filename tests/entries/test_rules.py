"""Rules of entries, without a database: slugs, snapshots, differences, tidying."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.entries.strategies import VALUES, WORDS

from stocktaking.entries.rules.differences import Effort, differences, text_pieces
from stocktaking.entries.rules.slugs import SLUG_MAX, slug_of
from stocktaking.entries.rules.snapshots import from_json, to_json
from stocktaking.entries.rules.tidy import language_tag, tidy
from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import LinkKind


@given(st.text(max_size=600))
def test_slug_of_any_title_fits_an_address(title):
    slug = slug_of(title)
    assert 0 < len(slug) <= SLUG_MAX
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert all(c == "-" or unicodedata.category(c)[0] in "LNM" for c in slug)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("U-Report: polls, by SMS", "u-report-polls-by-sms"),
        ("Télémédecine à Ségou", "télémédecine-à-ségou"),
        ("التعليم عن بُعد", "التعليم-عن-بُعد"),
        ("教育 2.0", "教育-2-0"),
        ("हिन्दी", "हिन्दी"),
        ("!!!", "entry"),
        ("a" * 200, "a" * 80),
    ],
)
def test_slug_of_keeps_the_script(title, slug):
    assert slug_of(title) == slug


@given(VALUES)
def test_snapshots_give_back_the_values(values):
    assert from_json(to_json(values)) == values


def test_snapshots_of_an_unknown_format_are_refused():
    with pytest.raises(ValueError, match="unknown format"):
        from_json({"format": 99})


@given(VALUES)
def test_tidy_twice_is_tidy_once(values):
    once = tidy(values)
    assert tidy(once) == once


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("PT-br", "pt-BR"), ("zh_hans", "zh"), ("zh-HANT", "zh-Hant"), (" en ", "en"), ("", "")],
)
def test_language_tag_has_its_customary_case(stated, tag):
    assert language_tag(stated) == tag


def test_tidy_drops_empty_rows_and_cleans_spaces():
    given_values = EntryValues(
        original_language="EN",
        texts=(TextValue("EN", "  A \n title ", "one\r\ntwo "), TextValue("fr", " ", "")),
        sections=(SectionValue("description", "en", " \n"),),
        partners=(PartnerValue("  "),),
        links=(LinkValue(LinkKind.WEBSITE),),
        identifiers=(IdentifierValue("", " "),),
        start="٢٠١٩",
    )
    clean = tidy(given_values)
    assert clean == EntryValues(
        original_language="en", texts=(TextValue("en", "A title", "one\ntwo"),), start="2019"
    )


@given(WORDS, WORDS)
def test_text_pieces_join_to_both_texts(older, newer):
    pieces = text_pieces(older, newer)
    assert "".join(p.text for p in pieces if p.kind != "added") == older
    assert "".join(p.text for p in pieces if p.kind != "removed") == newer


def test_text_pieces_are_words():
    pieces = text_pieces("Neighbours share one mast.", "Neighbours share two masts.")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "Neighbours share "),
        ("removed", "one mast."),
        ("added", "two masts."),
    ]
    assert [p.text for p in text_pieces("教育为本", "教学为本") if p.kind != "same"] == ["育", "学"]


def test_text_pieces_of_very_long_texts_are_lines():
    older = "\n".join(f"line {n} of many" for n in range(1500))
    newer = older.replace("line 1 of", "line one of").replace("line 1400 of", "no line of")
    changed = [p for p in text_pieces(older, newer) if p.kind != "same"]
    assert [p.text for p in changed] == [
        "line 1 of many\n",
        "line one of many\n",
        "line 1400 of many\n",
        "no line of many\n",
    ]
    newer = older.replace("line 700 of", "line seven hundred of")
    changed = [p for p in text_pieces(older, newer) if p.kind != "same"]
    assert [p.text for p in changed] == ["700 ", "seven hundred "]


def test_text_pieces_of_texts_that_would_take_too_long_are_whole():
    older, newer = "a\n" * 25_000, "b\n" + "a\n" * 24_000 + "c\n"
    assert [p.kind for p in text_pieces(older, newer)] == ["removed", "added"]


def test_text_pieces_share_an_effort_until_it_is_spent():
    effort = Effort(100)
    found = [text_pieces("a same b", "c same d", effort) for _ in range(40)]
    assert [p.kind for p in found[0]] == ["removed", "added", "same", "removed", "added"]
    assert [p.kind for p in found[-1]] == ["removed", "added"]
    assert 0 <= effort.left < 100


@given(VALUES)
def test_differences_of_equal_values_are_none(values):
    assert differences(values, values) == []


@given(VALUES, VALUES)
def test_differences_name_fields_once(older, newer):
    changes = differences(older, newer)
    places = [(c.field, c.item, c.language) for c in changes]
    assert len(places) == len(set(places))
    assert all(any(p.kind != "same" for p in c.pieces) for c in changes)


def test_differences_of_lists_show_items():
    older = EntryValues("en", (), terms=(TermValue("goal", "1"), TermValue("goal", "3")))
    newer = replace(older, terms=(TermValue("goal", "3"), TermValue("goal", "4")), worldwide=True)
    changes = {(c.field, c.item): c for c in differences(older, newer)}
    goals = changes["terms", "goal"]
    assert goals.is_list
    assert [(p.kind, p.text) for p in goals.pieces] == [
        ("removed", "1"),
        ("same", "3"),
        ("added", "4"),
    ]
    assert [p.text for p in changes["worldwide", ""].pieces] == ["False", "True"]
