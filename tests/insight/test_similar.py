"""Similar entries, with the reasons that are told."""

import datetime as dt

import pytest
from tests.factories import accounts

from stocktaking.entries import operations
from stocktaking.entries.queries import cards
from stocktaking.entries.rules.values import SectionValue, TextValue
from stocktaking.insight.queries.similar import similar
from stocktaking.insight.rules.similar import Reasons, once, weights
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme, Term, TermMembership

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
FILL = [
    "Schools share lessons on tablets",
    "Clinics send results by phone",
    "A market lists prices of maize",
    "The court publishes its judgments",
    "Teachers record songs of elders",
    "Buses tell passengers when they come",
    "A village counts its wells",
    "Fishers warn each other of storms",
]


@pytest.fixture
def many(register):
    """Enough others for words to be rare."""
    for place, title in enumerate(FILL * 4):
        register.add(f"{title} ({place})", lines="L2", goals="2", countries="FR", summary=title)
    return register


def told(entry, *, limit=3, language="en"):
    (card,) = cards([entry.number], language)
    return similar(card, language, on=DAY, limit=limit)


def test_rare_words_and_terms_that_both_have_are_the_reasons(many):
    asked = many.add(
        "Telecentre on wheels",
        lines="L1",
        goals="1",
        countries="KE",
        summary="A bus with a satellite dish is a telecentre.",
    )
    other = many.add(
        "Mobile telecentres",
        lines="L1",
        goals="1 3",
        countries="KE",
        summary="Villages share a satellite telecentre.",
    )
    many.index()
    (found,) = told(asked)
    assert found.card.number == other.number
    assert set(found.words) == {"Telecentre", "satellite"}  # as the asked entry writes them
    shared = {one.scheme.slug: [term.code for term in one.terms] for one in found.shared}
    assert shared == {"line": ["L1"], "goal": ["1"], "country": ["KE"]}
    assert found.regions == ()
    assert not found.same_owner
    assert 0 < found.likeness <= 1


def test_a_region_is_told_where_no_country_is_shared(many):
    africa = Term.objects.get(code="AFR")
    uganda = Term.objects.create(
        scheme=Scheme.objects.get(slug="country"), code="UG", order=9, title={"en": "Uganda"}
    )
    TermMembership.objects.create(group=africa, member=uganda)
    Revision.objects.update(number=3)
    reference.forget()
    asked = many.add("Looms moved by radio", lines="L1", goals="1", countries="KE")
    many.add("Looms and radio", lines="L1", goals="1", countries="UG")
    many.index()
    (found,) = told(asked)
    assert [one.scheme.slug for one in found.shared] == ["line", "goal"]
    assert [term.code for term in found.regions] == ["AFR"]


def test_common_words_alone_make_nothing_similar(many):
    asked = many.add(
        "Something of its own", lines="L1", goals="3", countries="SD", summary="Quite."
    )
    many.index()
    assert told(asked) == []


def test_one_of_a_family_of_equal_titles_is_shown(many):
    asked = many.add("Grant for a biobank", lines="L1", goals="1", summary="A biobank of lichen.")
    for _ in range(6):
        many.add("Biobank of lichen", lines="L1", goals="1", summary="Lichen is kept in a biobank.")
    many.add("Lichen maps", lines="L1", goals="1", summary="Where lichen grows, beside a biobank.")
    many.index()
    titles = [one.card.title.text for one in told(asked)]
    assert titles == ["Biobank of lichen", "Lichen maps"]


def test_withdrawn_and_unpublished_entries_are_no_neighbours(many):
    asked = many.add("A loom", lines="L1", goals="1", summary="Weaving with jacquard cards.")
    gone = many.add("Loom two", lines="L1", goals="1", summary="Weaving with jacquard cards.")
    many.add("Loom three", lines="L1", goals="1", summary="Jacquard weaving.", publish=False)
    many.index()
    assert [one.card.number for one in told(asked)] == [gone.number]
    operations.withdraw_entry(number=gone.pk, reason="Over", by=None, at=dt.datetime.now(dt.UTC))
    assert told(asked) == []  # before the index knows


def test_an_unpublished_entry_is_compared_by_its_terms(many):
    other = many.add("Mast", lines="L1", goals="1", countries="KE")
    draft = many.add("A draft", lines="L1", goals="1", countries="KE", publish=False)
    many.index()
    (found,) = told(draft)
    assert found.card.number == other.number
    assert found.words == ()


@pytest.mark.parametrize(
    ("language", "one", "two", "word"),
    [
        ("ar", "مركز متنقل للاتصالات الفضائية", "المراكز المتنقلة في القرى", "متنقل"),
        ("ru", "Передвижной телецентр для сёл", "Телецентры и библиотеки", "телецентр"),
        ("zh", "流动卫星通信中心", "乡村卫星通信站", "卫星通信"),
        ("fr", "Bibliobus numérique des Ardennes", "Deux bibliobus", "Bibliobus"),
        ("es", "Telecentros rodantes", "Un telecentro en Quito", "Telecentros"),
    ],
)
def test_words_of_each_language_are_found(many, language, one, two, word):
    asked = many.add(
        lines="L1", goals="1", original_language=language, texts=(TextValue(language, one, ""),)
    )
    other = many.add(
        lines="L1", goals="1", original_language=language, texts=(TextValue(language, two, ""),)
    )
    many.index()
    (found,) = told(asked, language=language)
    assert found.card.number == other.number
    assert word in found.words


def test_what_is_said_in_sections_counts_too(many):
    asked = many.add(
        "A",
        summary="",
        lines="L1",
        goals="1",
        sections=(SectionValue("description", "en", "Seaweed farms"),),
    )
    many.add(
        "B",
        summary="",
        lines="L1",
        goals="1",
        sections=(SectionValue("results", "en", "Seaweed sold"),),
    )
    many.index()
    (found,) = told(asked)
    assert found.words == ("Seaweed",)


def test_the_same_owner_is_told(many):
    owner = accounts.organisation("Village Telecom")
    asked = many.add("Loom", lines="L1", goals="1", organisation=owner.number)
    many.add("Wheel", lines="L1", goals="1", organisation=owner.number)
    many.index()
    (found,) = told(asked)
    assert found.same_owner


def test_without_an_index_nothing_is_similar(many, settings, tmp_path):
    asked = many.add("Loom")
    settings.INDEX_DIR = tmp_path / "none"
    assert told(asked) == []


def test_text_that_no_index_can_hold_harms_nothing(many):
    asked = many.add('"x" AND (', lines="L1", goals="1", summary="\x1f\ud7ff <b>' * ? : \t tab")
    many.add('"x" AND (', lines="L1", goals="1", summary="\x1f <b>' * ? : \t tab")
    many.index()
    assert len(told(asked)) == 1


def test_a_rare_term_weighs_more_and_many_weigh_less():
    counts = {"goal": {"1": 90, "2": 3}}
    one = weights({"goal": ("1",)}, counts, 100)
    rare = weights({"goal": ("2",)}, counts, 100)
    both = weights({"goal": ("1", "2")}, counts, 100)
    assert rare["goal"]["2"] > one["goal"]["1"] > 0
    assert both["goal"]["2"] < rare["goal"]["2"]
    assert weights({"goal": ("1",)}, {"goal": {"1": 200}}, 100) == {}


@pytest.mark.parametrize(
    ("reasons", "enough"),
    [
        (Reasons(0.5, words=3, on_grid=0, terms=0), True),
        (Reasons(0.5, words=2, on_grid=0, terms=3), False),
        (Reasons(0.5, words=1, on_grid=1, terms=0), True),
        (Reasons(0.5, words=0, on_grid=1, terms=1), True),
        (Reasons(0.5, words=0, on_grid=2, terms=0), True),
        (Reasons(0.5, words=0, on_grid=1, terms=0), False),
        (Reasons(0.01, words=9, on_grid=9, terms=9), False),
    ],
)
def test_one_shared_goal_or_word_is_no_resemblance(reasons, enough):
    assert reasons.enough is enough


def test_each_title_once_up_to_the_limit():
    assert list(once("aabbccdd", str, 3)) == ["a", "b", "c"]
    assert list(once("aa", str, 3)) == ["a"]
