"""Rules of entries, without a database: slugs, snapshots, differences, tidying, acceptance."""

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.entries.rules.acceptance import (
    COUNT_MAX,
    Known,
    SchemeFacts,
    TermFacts,
    faults,
)
from stocktaking.entries.rules.differences import PRODUCT_MAX, differences, text_pieces
from stocktaking.entries.rules.slugs import SLUG_MAX, slug_of
from stocktaking.entries.rules.snapshots import from_json, to_json
from stocktaking.entries.rules.tidy import language_tag, tidy
from stocktaking.entries.rules.values import (
    TEXT_MAX,
    TITLE_MAX,
    EntryValues,
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
LANGUAGES = st.sampled_from(["en", "fr", "ar", "zh", "pt-BR"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
VALUES = st.builds(
    EntryValues,
    original_language=LANGUAGES,
    texts=st.lists(
        st.builds(TextValue, LANGUAGES, WORDS, WORDS, st.sampled_from(Origin)), max_size=3
    ).map(tuple),
    organisation=st.none() | st.integers(1, 99),
    sections=st.lists(
        st.builds(SectionValue, WORDS, LANGUAGES, WORDS, st.sampled_from(Origin)), max_size=2
    ).map(tuple),
    terms=st.lists(
        st.builds(TermValue, WORDS, WORDS, st.sampled_from(Basis), WORDS, LANGUAGES), max_size=3
    ).map(tuple),
    worldwide=st.booleans(),
    start=st.sampled_from(["", "2019", "2019-05", "2019-05-17"]),
    end=st.sampled_from(["", "2020"]),
    website=WORDS,
    licence=WORDS,
    attribution=WORDS,
    partners=st.lists(
        st.builds(PartnerValue, WORDS, st.sampled_from(PartnerRole), st.none() | st.integers(1, 9)),
        max_size=2,
    ).map(tuple),
    links=st.lists(st.builds(LinkValue, st.sampled_from(LinkKind), WORDS, WORDS), max_size=2).map(
        tuple
    ),
    images=st.lists(
        st.builds(ImageValue, st.integers(1, 9), WORDS, LANGUAGES, WORDS), max_size=2
    ).map(tuple),
    identifiers=st.lists(st.builds(IdentifierValue, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    collections=st.lists(WORDS, max_size=2).map(tuple),
    source=WORDS,
    registered_on=st.none() | st.dates(),
    registered_on_assumed=st.booleans(),
    extra=st.dictionaries(WORDS, PLAIN, max_size=3),
)


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
    newer = older.replace("line 700 of", "line seven hundred of")
    assert len(older.split()) ** 2 > PRODUCT_MAX
    changed = [p for p in text_pieces(older, newer) if p.kind != "same"]
    assert [p.text for p in changed] == ["line 700 of many\n", "line seven hundred of many\n"]


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


KNOWN = Known(
    today=dt.date(2026, 3, 2),
    schemes={
        "goal": SchemeFacts(
            many=True,
            direct=True,
            retired_on=None,
            terms={
                "1": TermFacts(),
                "2": TermFacts(assignable=False),
                "3": TermFacts(valid_to=dt.date(2020, 1, 1)),
            },
        ),
        "status": SchemeFacts(
            many=False, direct=True, retired_on=None, terms={"a": TermFacts(), "b": TermFacts()}
        ),
        "region": SchemeFacts(many=True, direct=False, retired_on=None, terms={"EU": TermFacts()}),
        "old": SchemeFacts(
            many=True, direct=True, retired_on=dt.date(2015, 12, 31), terms={"1": TermFacts()}
        ),
        "section": SchemeFacts(
            many=True, direct=False, retired_on=None, terms={"results": TermFacts()}
        ),
    },
    organisations={1},
    files={7},
    collections={"health"},
    sources={"partner"},
    taken={("iati", "X")},
)
GOOD = EntryValues("en", (TextValue("en", "A title"),))
IMAGE = ImageValue(7, "A mast", "en")


def codes(values: EntryValues, before: EntryValues | None = None) -> list[tuple[str, str]]:
    return [(fault.code, fault.field) for fault in faults(values, KNOWN, before)]


ACCEPTED = {
    "the least": GOOD,
    "everything": replace(
        GOOD,
        texts=(TextValue("en", "t" * TITLE_MAX, "s" * TEXT_MAX), TextValue("zh-Hant", "題")),
        organisation=1,
        sections=(SectionValue("results", "en", "Line\n\tindented"),),
        terms=(TermValue("goal", "1", note="Why", note_language="en"), TermValue("status", "a")),
        worldwide=True,
        start="2019-05",
        end="2019",
        website="https://пример.испытание/путь?q=1#x",
        partners=(PartnerValue("P", organisation=1), PartnerValue("P", PartnerRole.FUNDER)),
        links=(LinkValue(LinkKind.SOURCE, "", "A book"), LinkValue(LinkKind.EVIDENCE, "http://a")),
        images=(IMAGE,),
        identifiers=(IdentifierValue("iati", "Y"),),
        collections=("health",),
        source="partner",
        extra={"prizes": [{"year": 2016}], "share": 0.5, "x": None},
    ),
    "a term of its own time": replace(
        GOOD, terms=(TermValue("old", "1"),), registered_on=dt.date(2012, 5, 1)
    ),
    "marks that lead letters": replace(GOOD, texts=(TextValue("en", "می‌خواهم\u200f"),)),
}


@pytest.mark.parametrize("values", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_faults_are_none(values):
    assert codes(tidy(values)) == []


def text(title="T", summary="", language="en"):
    return TextValue(language, title, summary)


REFUSED = [
    (replace(GOOD, texts=()), "original_missing", "texts.en.title"),
    (replace(GOOD, texts=(text(""), text("T", language="fr"))), "title_missing", "texts.en.title"),
    (replace(GOOD, texts=(text("t" * 501),)), "too_long", "texts.en.title"),
    (replace(GOOD, texts=(text("T", "s" * 50_001),)), "too_long", "texts.en.summary"),
    (replace(GOOD, texts=(text(), text())), "duplicate", "texts.en"),
    (replace(GOOD, texts=(text("a\x00b"),)), "control_character", "texts.en.title"),
    (replace(GOOD, texts=(text("a\nb"),)), "control_character", "texts.en.title"),
    (replace(GOOD, texts=(text("T", "a\x1bb"),)), "control_character", "texts.en.summary"),
    (replace(GOOD, texts=(text("a\ud800b"),)), "control_character", "texts.en.title"),
    (replace(GOOD, original_language="english"), "language_malformed", "original_language"),
    (
        replace(GOOD, texts=(*GOOD.texts, text(language="x-y"))),
        "language_malformed",
        "texts.x-y",
    ),
    (
        replace(GOOD, sections=(SectionValue("nonsense", "en", "x"),)),
        "section_unknown",
        "sections.nonsense.en",
    ),
    (
        replace(GOOD, sections=(SectionValue("results", "en", "x"),) * 2),
        "duplicate",
        "sections.results.en",
    ),
    (replace(GOOD, terms=(TermValue("none", "1"),)), "scheme_unknown", "terms.none"),
    (replace(GOOD, terms=(TermValue("goal", "9"),)), "term_unknown", "terms.goal"),
    (replace(GOOD, terms=(TermValue("goal", "2"),)), "term_is_heading", "terms.goal"),
    (replace(GOOD, terms=(TermValue("goal", "3"),)), "term_retired", "terms.goal"),
    (replace(GOOD, terms=(TermValue("old", "1"),)), "term_retired", "terms.old"),
    (replace(GOOD, terms=(TermValue("region", "EU"),)), "term_follows", "terms.region"),
    (replace(GOOD, terms=(TermValue("goal", "1"),) * 2), "duplicate_term", "terms.goal"),
    (
        replace(GOOD, terms=(TermValue("status", "a"), TermValue("status", "b"))),
        "only_one_term",
        "terms.status",
    ),
    (
        replace(GOOD, terms=(TermValue("goal", "1", note="x"),)),
        "language_malformed",
        "terms.goal.1.note",
    ),
    (replace(GOOD, organisation=2), "organisation_unknown", "organisation"),
    (replace(GOOD, collections=("none",)), "collection_unknown", "collections"),
    (replace(GOOD, source="none"), "source_unknown", "source"),
    (replace(GOOD, start="May 2019"), "date_malformed", "start"),
    (replace(GOOD, end="2019-13"), "date_malformed", "end"),
    (replace(GOOD, start="0209"), "date_out_of_range", "start"),
    (replace(GOOD, start="2019-06", end="2019-05"), "ends_before_start", "end"),
    (replace(GOOD, website="javascript:alert(1)"), "address_malformed", "website"),
    (replace(GOOD, website="example.org"), "address_malformed", "website"),
    (replace(GOOD, website="https://"), "address_malformed", "website"),
    (replace(GOOD, website="https://a b"), "address_malformed", "website"),
    (replace(GOOD, website="https://a:port"), "address_malformed", "website"),
    (replace(GOOD, website="https://[::1"), "address_malformed", "website"),
    (replace(GOOD, website="https://a/" + "x" * 500), "too_long", "website"),
    (
        replace(GOOD, links=(LinkValue(LinkKind.WEBSITE, "", "x"),)),
        "address_missing",
        "links.0.url",
    ),
    (
        replace(GOOD, links=(LinkValue(LinkKind.SOURCE, "data:text/html,x"),)),
        "address_malformed",
        "links.0.url",
    ),
    (replace(GOOD, links=(LinkValue(LinkKind.SOURCE, "", "x"),) * 2), "duplicate", "links.0.url"),
    (replace(GOOD, partners=(PartnerValue("P"),) * 2), "duplicate", "partners.0.name"),
    (
        replace(GOOD, partners=(PartnerValue("P", organisation=2),)),
        "organisation_unknown",
        "partners.0.organisation",
    ),
    (replace(GOOD, images=(replace(IMAGE, file=8),)), "file_unknown", "images.0.file"),
    (replace(GOOD, images=(replace(IMAGE, alt=""),)), "alternative_missing", "images.0.alt"),
    (replace(GOOD, images=(IMAGE, IMAGE)), "duplicate", "images.0.file"),
    (
        replace(GOOD, identifiers=(IdentifierValue("iati", ""),)),
        "identifier_incomplete",
        "identifiers.0.value",
    ),
    (
        replace(GOOD, identifiers=(IdentifierValue("iati", "X"),)),
        "identifier_taken",
        "identifiers.0.value",
    ),
    (
        replace(GOOD, partners=tuple(PartnerValue(f"P{n}") for n in range(201))),
        "too_many",
        "partners",
    ),
    (replace(GOOD, extra={"x": object()}), "extra_malformed", "extra"),
    (replace(GOOD, extra={"x": float("nan")}), "extra_malformed", "extra"),
    (replace(GOOD, extra={1: "x"}), "extra_malformed", "extra"),  # type: ignore[dict-item]
    (replace(GOOD, extra={"x": "\x00"}), "control_character", "extra"),
]


@pytest.mark.parametrize(
    ("values", "code", "field"), REFUSED, ids=[f"{code}-{field}" for _, code, field in REFUSED]
)
def test_faults_name_code_and_field(values, code, field):
    assert (code, field) in codes(values)


def test_faults_come_all_at_once():
    wrong = replace(GOOD, start="x", website="y", organisation=2)
    assert len(codes(wrong)) == 3


def test_faults_let_stay_what_was_there_before():
    held = replace(GOOD, terms=(TermValue("old", "1"), TermValue("goal", "3")))
    assert codes(held, before=held) == []
    assert len(codes(held, before=GOOD)) == 2


@given(VALUES)
def test_faults_judge_whatever_they_are_given(values):
    for fault in faults(tidy(values), KNOWN):
        assert fault.code
        assert fault.field


def test_counts_are_limited_for_every_part():
    assert set(COUNT_MAX) <= set(EntryValues.__dataclass_fields__)
