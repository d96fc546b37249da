"""Which terms a text speaks for: words, weights, and how sure it is."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.insight.queries.suggestion import FOLDER
from stocktaking.insight.rules.suggestion.judging import Confidence, Evidence, judged
from stocktaking.insight.rules.suggestion.reading import (
    BETWEEN,
    key_of,
    language_of,
    read,
    size_of,
    stands_in,
)
from stocktaking.insight.rules.suggestion.teaching import FEWEST, Taught, lesson
from stocktaking.insight.rules.suggestion.vocabulary import OFFICIAL, vocabulary

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
CODES = {
    "sdg": [str(number) for number in range(1, 18)],
    "action-line": [
        *(f"C{number}" for number in range(1, 7)),
        *(
            f"C7-{name}"
            for name in ["EGOV", "EBUS", "ELEA", "EHEA", "EEMP", "EENV", "EAGR", "ESCI"]
        ),
        *(f"C{number}" for number in range(8, 12)),
    ],
}


def of(scheme, language):
    terms = json.loads((FOLDER / f"{scheme}.json").read_text())["terms"]
    return vocabulary({code: by[language] for code, by in terms.items()}, {}, language)


def told(words, text, language="en", also=None):
    evidence = Evidence()
    evidence.add(read(text, language), words)
    return judged(evidence, also or {})


@pytest.fixture
def small():
    chosen = {
        "W": ["water", "water management", "wells"],
        "F": ["farmers", "water management"],
        "L": ["library"],
    }
    return vocabulary(chosen, {}, "en")


def test_the_words_that_led_to_a_term_are_told_as_they_stand_in_the_text(small):
    (found,) = told(small, "Old WELLS bring  Water\nto a village; water is dear, wells are few.")
    assert found.code == "W"
    assert found.words == ("WELLS", "Water")


def test_one_word_is_no_evidence(small):
    assert told(small, "A library.") == []
    assert told(small, "") == []
    assert told(small, "\ud800 ( ' <b>") == []


def test_a_longer_phrase_weighs_more_and_is_told_instead_of_its_words(small):
    assert small.weights[key_of("water management", "en")] == {"W": 0.75, "F": 0.75}
    (found,) = told(small, "Water management and wells: water management.")
    assert found.words == ("Water management", "wells")


def test_a_word_is_not_left_out_for_its_letters_in_another():
    words = vocabulary({"A": ["art", "smart city", "city"]}, {}, "en")
    (found,) = told(words, "Art for a smart city.")
    assert set(found.words) == {"Art", "smart city"}
    assert stands_in("水", "水井")
    assert not stands_in("art", "smart city")
    assert stands_in("city", "smart city")


def test_words_in_another_form_count(small):
    (found,) = told(small, "A well. Managing waters. Another well, and watered fields.")
    assert found.code == "W"


def test_more_evidence_is_asked_of_a_longer_text(small):
    little = "Wells give water. "
    assert told(small, little)
    assert told(small, little + "Nothing else is said of this at all, dear reader. " * 60) == []


def test_what_is_spoken_of_by_the_way_is_left_out(small):
    many = " ".join(f"water {n} wells {n}" for n in range(20))
    assert [one.code for one in told(small, many + " library farmers")] == ["W"]


def test_confidence_grows_with_the_evidence(small):
    assert told(small, "Wells give water.")[0].confidence is Confidence.FAIR
    much = "Water management: wells, wells and wells; water, water, water management."
    assert told(small, much)[0].confidence is Confidence.GOOD


def test_what_entries_teach_adds_to_the_words(small):
    assert told(small, "A library.", also={"L": 1.0})[0].code == "L"
    assert told(small, "Quite another thing.", also={"X": 2.0})[0].words == ()
    assert told(small, "Quite another thing.", also={"X": 1.9}) == []


def test_official_texts_count_by_how_few_terms_use_a_word():
    texts = {
        "1": ["End poverty"],
        "2": ["End hunger"],
        "3": ["End disease everywhere"],
        "4": ["Clean oceans"],
        "5": ["Clean air everywhere"],
    }
    found = vocabulary({}, texts, "en")
    poverty = found.weights[key_of("poverty", "en")]["1"]
    assert 0 < poverty <= OFFICIAL
    assert key_of("end", "en") not in found.weights
    assert found.known == frozenset("12345")


def test_a_scheme_without_words_knows_nothing():
    found = vocabulary({}, {}, "en")
    assert found.known == frozenset()
    assert told(found, "Anything at all") == []


def test_languages_are_those_that_have_words():
    assert language_of("whatever", "fr-CA") == "fr"
    assert language_of("Вода для деревни и школы", "uk") == "ru"
    assert language_of("Ett vattenprojekt", "sv") == "en"


def test_phrases_of_characters_are_as_long_as_their_words():
    assert size_of(key_of("健康", "zh")) == 1
    assert size_of(key_of("远程医疗", "zh")) == 2
    assert size_of(key_of("water management", "en")) == 2


@pytest.mark.parametrize("scheme", ["sdg", "action-line"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_words_in_every_language(scheme, language):
    terms = json.loads((FOLDER / f"{scheme}.json").read_text())["terms"]
    assert list(terms) == CODES[scheme]
    words = of(scheme, language)
    assert words.known == frozenset(CODES[scheme])
    for code, by in terms.items():
        assert len(by[language]) >= 10, (code, language)
        assert all(key_of(phrase, language) for phrase in by[language]), (code, language)


@pytest.mark.parametrize(
    ("scheme", "language", "text", "first"),
    [
        ("sdg", "en", "Nurses treat malaria patients in village hospitals.", "3"),
        ("sdg", "fr", "Les agriculteurs reçoivent le prix des semences et des récoltes.", "2"),
        ("sdg", "es", "Las mujeres y niñas denuncian la violencia de género.", "5"),
        ("sdg", "ru", "Учителя и ученики сельских школ получают учебники.", "4"),
        ("sdg", "ar", "حفر الآبار لتوفير مياه الشرب والصرف الصحي في القرى", "6"),
        ("sdg", "zh", "保护森林和濒危物种，恢复生态系统。", "15"),
        ("action-line", "en", "Doctors see patients by telemedicine.", "C7-EHEA"),
        ("action-line", "fr", "Une radio communautaire forme des journalistes.", "C9"),
        ("action-line", "es", "Trámites y servicios públicos en una ventanilla única", "C7-EGOV"),
        ("action-line", "ru", "Защита персональных данных от мошенничества и фишинга", "C5"),
        ("action-line", "ar", "ربط القرى بالألياف الضوئية والنطاق العريض", "C2"),
        ("action-line", "zh", "农民用手机查询市场价格和病虫害", "C7-EAGR"),
    ],
)
def test_a_sentence_in_each_language_speaks_for_its_term(scheme, language, text, first):
    found = told(of(scheme, language), text, language)
    assert found[0].code == first
    assert all(word in text for word in found[0].words)


@given(text=st.text(max_size=300), language=st.sampled_from([*LANGUAGES, "", "xx", "zh-Hant"]))
def test_reading_never_fails_and_tells_what_is_there(text, language):
    reading = read(text, language)
    longest = {one.stem: 3 for one in reading.words}
    for key, first, last in reading.phrases(longest):
        assert key.count(BETWEEN) == last - first
        assert reading.written(first, last)


def test_a_long_text_is_read_quickly():
    words = of("sdg", "en")
    text = "Farmers sell maize by mobile phone at fair market prices in the village. " * 500
    begin = time.thread_time()
    told(words, text)
    assert time.thread_time() - begin < 2  # it takes some 0.02 s; this is no measurement


def test_three_entries_teach_and_two_do_not():
    likeness = dict.fromkeys(range(5), 0.5)
    held = {0: {"A"}, 1: {"A"}, 2: {"A", "B"}, 3: {"B"}, 4: set()}
    found = lesson(likeness, held)
    assert set(found) == {"A"}
    assert found["A"].entries == FEWEST
    assert lesson({}, {}) == {}


def test_what_is_hardly_alike_teaches_nothing():
    likeness = {0: 0.5, 1: 0.4, 2: 0.3, 3: 0.01}
    held = {number: {"A"} for number in likeness}
    assert lesson(likeness, held)["A"] == Taught(2.0, 3)
    assert lesson({**likeness, 1: 0.01}, held) == {}


def test_many_words_of_official_texts_alone_lead_nowhere():
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    found = vocabulary({}, {"1": [" ".join(words)], "2": ["else"], "3": ["other"]}, "en")
    assert sum(found.weights[key_of(word, "en")]["1"] for word in words) > 2
    assert told(found, " ".join(words)) == []
    assert told(found, " ".join(words), also={"1": 0.5})[0].code == "1"
