"""Folding, cutting and stemming of text: what meets, what stays apart, and what never breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.text import fold, name_key, tokens, words
from stocktaking.kernel.text.analysis import analyse
from stocktaking.kernel.text.characters import CHUNK
from stocktaking.kernel.text.stems import all_stems, stems

# every code point there is, lone surrogates and NUL among them
ANYTHING = st.text(st.characters(codec=None), max_size=60)
SCRIPTS = st.text(
    st.sampled_from(
        "aéÉßøœ İıñ'’-.·_*0٣4 ﷺ½①ＡＩ\u0301\u00ad\u200d\0\ud800العلمةىئءـًَ ёйЩ教育远カﾞ가 हिन्दी ไทย"
    ),
    max_size=60,
)
TEXTS = ANYTHING | SCRIPTS
CODES = st.sampled_from(["ar", "zh", "en", "fr", "ru", "es", "de", "fa", ""])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éducation", "EDUCATION"),
        ("e\u0301ducation", "éducation"),
        ("Straße", "STRASSE"),
        ("œuvre", "oeuvre"),
        ("Øresund", "oresund"),
        ("ＡＩ", "ai"),
        ("İstanbul", "istanbul"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("отдалённый", "ОТДАЛЕННЫЙ"),
        ("التعليم", "تعليم"),
        ("والتعليم", "تعليم"),
        ("بالتعليم", "تعليم"),
        ("للتعليم", "تعليم"),
        ("تَعْلِيمٌ", "تعليم"),
        ("تعـــليم", "تعليم"),
        ("أمن", "امن"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("شؤون", "شوون"),
        ("کتاب", "كتاب"),
        ("٢٠٢٥", "2025"),
        ("soft\u00adware", "software"),
        ("می\u200cشود", "میشود"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мой", "мои"),
        ("が", "か"),
        ("교", "고"),
        ("教", "孝"),
        ("कि", "की"),
        ("الله", "له"),
        ("مال", "م"),
    ],
)
def test_letters_of_other_scripts_stay_whole(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'éducation, e-health.", ["l", "éducation", "e", "health"]),
        ("C7 and SDG 4 (17.6)", ["C7", "and", "SDG", "4", "17", "6"]),
        ("5G网络建设", ["5G", "网络", "络建", "建设"]),
        ("中", ["中"]),
        ("школа/مدرسة_école", ["школа", "مدرسة", "école"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("… — !", []),
    ],
)
def test_words_are_cut_where_readers_cut_them(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("school", "schools", "Schooling")),
        ("fr", ("école", "écoles", "ecole")),
        ("fr", ("qualité", "qualites", "qualite")),
        ("es", ("educación", "educacion", "educaciones")),
        ("es", ("tecnología", "tecnologia", "tecnologías")),
        ("ru", ("образование", "образования", "образованием")),
        ("ar", ("معلم", "المعلمين", "معلمون")),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: tuple[str, ...]) -> None:
    shared = set.intersection(*(set(stems(form, language)) for form in forms))

    assert shared


def test_a_query_holds_the_stems_of_a_text_in_any_language() -> None:
    for word, language in [
        ("écoles", "fr"),
        ("schools", "en"),
        ("escuelas", "es"),
        ("школы", "ru"),
    ]:
        assert set(stems(word, language)) <= set(all_stems(word))


def test_codes_are_not_stemmed() -> None:
    assert stems("C7", "en") == ("c7",)
    assert stems("mp3s", "en") == ("mp3s",)


def test_compounds_and_pieces_are_reachable() -> None:
    found = analyse("e-health SDG4 U.N. l'eau don't 17.6", "en").stems.split()

    assert {"ehealth", "health", "sdg4", "sdg", "4", "un", "dont", "17", "6"} <= set(found)
    assert {"leau", "176"}.isdisjoint(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.N. Women", "UN  women"),
        ("Ministère de l’Éducation", "MINISTERE DE L'EDUCATION"),
        ("Ministry of Health (Kenya)", "ministry of health, Kenya"),
        ("وزارة التعليم", "وزاره تعليم"),
        ("Smart-Africa", "smart africa"),
        (" ??? ", "???"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_have_different_keys() -> None:
    names = ["Ministry of Health", "Ministry of Wealth", "教育部", "卫生部", "???", "!!!"]

    assert len({name_key(name) for name in names}) == len(names)


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_folded_words_hold_neither_blanks_nor_capitals(text: str) -> None:
    for word in words(text):
        folded = word.folded
        assert not any(letter.isspace() for letter in folded)
        assert folded == folded.casefold()


@given(TEXTS)
def test_name_key_is_its_own_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@given(TEXTS)
def test_offsets_lead_back_to_the_original_text(text: str) -> None:
    last = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= last
        last = word.start


@given(TEXTS)
def test_a_text_cut_into_chunks_has_the_same_words(text: str) -> None:
    together = [word.text for word in words(text)]
    by_chunk = [word.text for chunk in CHUNK.findall(text) for word in words(chunk)]

    assert together == by_chunk


@given(TEXTS, CODES)
def test_no_text_breaks_the_analysis(text: str, language: str) -> None:
    found = analyse(text, language)

    assert len(found.exact.split()) == sum(1 for word in words(text) if word.folded)
    assert len(tokens(text, language)) == len(found.exact.split())
    found.stems.encode()


@given(TEXTS, CODES)
def test_every_exact_word_is_found_by_its_stems(text: str, language: str) -> None:
    held = set(analyse(text, language).stems.split())

    for word in words(text):
        if word.folded and not word.unspaced and len(word.folded) < 60:
            assert held & set(all_stems(word.text))
