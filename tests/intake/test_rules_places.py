"""The parts of an entry, and other words at one of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.entries.rules.values import EntryValues, SectionValue, TextValue
from stocktaking.entries.states import Origin
from stocktaking.intake.rules.places import place_of, places, with_words

VALUES = EntryValues(
    original_language="fr",
    texts=(
        TextValue("en", "Village network", "A network.", Origin.MACHINE),
        TextValue("fr", "Réseau villageois", ""),
    ),
    sections=(SectionValue("results", "fr", "Quarante villages.", Origin.MACHINE),),
    website="https://masts.example/",
    start="2019-05",
)
WORDED = [place.key for place in places(VALUES) if place.has_words]


def test_places_are_those_of_the_page():
    assert [place.key for place in places(VALUES)] == [
        "texts.fr.title",
        "texts.fr.summary",
        "texts.en.title",
        "texts.en.summary",
        "sections.results.fr",
        "website",
        "start",
        "end",
        "countries",
        "terms",
        "organisation",
        "partners",
        "links",
        "images",
        "",
    ]
    assert place_of(VALUES, "texts.en.title").words == "Village network"
    assert place_of(VALUES, "end").words == ""
    assert place_of(VALUES, "texts.ar.title") is None


@given(st.sampled_from(WORDED), st.text(max_size=40))
def test_other_words_stand_at_their_place_alone(key, words):
    changed = with_words(VALUES, key, words)
    assert place_of(changed, key).words == words
    for place in places(VALUES):
        if place.key != key:
            assert place_of(changed, place.key).words == place.words
    assert changed.original_language == VALUES.original_language


def test_what_a_person_put_right_is_no_machines_text_any_more():
    texts = with_words(VALUES, "texts.en.summary", "A better one.").texts
    assert texts[0] == replace(VALUES.texts[0], summary="A better one.", origin=Origin.HUMAN)
    assert texts[1].origin is Origin.AUTHOR
    [section] = with_words(VALUES, "sections.results.fr", "Cinquante.").sections
    assert (section.text, section.origin) == ("Cinquante.", Origin.HUMAN)


@pytest.mark.parametrize("key", ["countries", "", "texts.ar.title", "submitted_by", "extra"])
def test_place_without_words_takes_none(key):
    with pytest.raises(LookupError):
        with_words(VALUES, key, "x")
