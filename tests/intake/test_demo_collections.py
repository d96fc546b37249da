"""The special repositories of the demo: texts in six languages, members by stated criteria."""

import datetime as dt

import pytest
from tests.factories.entries import values

from stocktaking.entries.models import Collection, CollectionMember, Entry
from stocktaking.entries.operations import revise_collection
from stocktaking.entries.queries import collection, values_of
from stocktaking.entries.rules.values import IdentifierValue, SectionValue, TermValue, TextValue
from stocktaking.intake.operations import load_demo_collections, load_demo_entries
from stocktaking.intake.rules.demo_collections import COLLECTIONS, is_demo
from stocktaking.kernel import languages
from stocktaking.kernel.languages import CODES
from stocktaking.reference.frameworks import WSIS
from stocktaking.reference.operations import load_framework
from stocktaking.reference.queries import forget

AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
BY_SLUG = {one.slug: one for one in COLLECTIONS}


@pytest.fixture
def _loaded(db):
    load_framework(folder=WSIS, by=None, at=AT)
    forget()
    load_demo_entries(by=None, at=AT)


@pytest.mark.usefixtures("_loaded")
def test_collections_hold_the_entries_that_fit_and_a_second_load_changes_nothing():
    first = load_demo_collections(by=None, at=AT)
    assert first.collections == 4
    for one in COLLECTIONS:
        members = set(
            CollectionMember.objects.filter(collection__slug=one.slug).values_list(
                "entry_id", flat=True
            )
        )
        fitting = {number for number in numbers() if one.belongs(values_of(number))}
        assert members == fitting
        assert len(members) >= 8, one.slug
        assert collection(one.slug, "en").entries == len(members)
    revise_collection(slug="covid-19", title={"en": "Mine"}, based_on=1, by=None, at=AT)
    second = load_demo_collections(by=None, at=AT)
    assert (second.collections, second.members) == (0, 0)
    assert collection("covid-19", "en").title == "Mine"
    again = load_demo_entries(by=None, at=AT)
    assert (again.created, again.refused) == (0, 0)
    assert CollectionMember.objects.count() == first.members


@pytest.mark.usefixtures("_loaded")
def test_collection_that_exists_is_left_alone():
    Collection.objects.create(slug="covid-19", title={"en": "Mine"})
    load_demo_collections(by=None, at=AT)
    assert not CollectionMember.objects.filter(collection__slug="covid-19").exists()


def numbers() -> list[int]:
    return list(Entry.objects.values_list("number", flat=True))


@pytest.mark.parametrize("one", COLLECTIONS, ids=lambda one: one.slug)
def test_texts_stand_in_every_language_in_words_of_its_own(one):
    for texts in (one.title, one.introduction, one.criteria):
        assert set(texts) == set(CODES)
        assert len(set(texts.values())) == len(CODES)
        for code in ("ar", "ru", "zh"):
            assert not texts[code].isascii()
    assert languages.BY_CODE["ar"].rtl


@pytest.mark.parametrize(
    ("slug", "stated", "belongs"),
    [
        ("covid-19", {"texts": (TextValue("en", "A tool for COVID-19"),)}, True),
        ("covid-19", {"sections": (SectionValue("results", "en", "In the pandemic."),)}, True),
        ("covid-19", {"texts": (TextValue("en", "A tool for cholera"),)}, False),
        ("healthy-ageing", {"terms": (TermValue("target-group", "older_persons"),)}, True),
        ("healthy-ageing", {"terms": (TermValue("target-group", "youth"),)}, False),
        (
            "women-in-technology",
            {"terms": (TermValue("target-group", "women"), TermValue("sdg", "5"))},
            True,
        ),
        ("women-in-technology", {"terms": (TermValue("target-group", "women"),)}, False),
        ("indigenous-languages", {"terms": (TermValue("action-line", "C8"),)}, False),
    ],
)
def test_criteria_are_what_the_page_says(slug, stated, belongs):
    assert BY_SLUG[slug].belongs(values(**stated)) is belongs


def test_only_entries_of_the_demo_are_gathered():
    assert is_demo(values(identifiers=(IdentifierValue("demo", "demo-a-001"),)))
    assert not is_demo(values(identifiers=(IdentifierValue("IATI", "demo-a-001"),)))
