"""What makes an entry acceptable, without a database."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from tests.entries.strategies import VALUES

from stocktaking.entries.rules.acceptance import (
    COUNT_MAX,
    Known,
    SchemeFacts,
    TermFacts,
    faults,
)
from stocktaking.entries.rules.tidy import tidy
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
from stocktaking.entries.states import LinkKind, PartnerRole

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
