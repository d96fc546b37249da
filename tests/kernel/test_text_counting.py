"""Words and characters are counted by one rule, the same for every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.text import count_characters, count_words

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("   \n … — ! ", 0),
        ("One two, three: 4.", 4),
        ("e-health, l'eau and don't", 7),
        ("snake_case", 2),
        ("3.14", 2),
        ("教育教育教育教育", 5),
        ("教", 1),
        ("教育教", 2),
        ("教育教育", 3),  # 2.5: half up
        ("5G网络 rocks", 3),
        ("التعليم عن بعد", 3),
        ("مُحَمَّدٌ رَسُولٌ", 2),
        ("می\u200cخواهم", 1),
        ("co\u00adoperation", 1),
        ("हिन्दी भाषा", 2),
        ("क्\u200dष", 1),
        ("cafe\u0301 cre\u0300me", 2),
        ("❤️ 👩‍👩‍👧 🇰🇪", 0),
        ("1️⃣ one", 2),
        ("\u0301 lone mark", 2),
        ("葛\U000e0100", 1),
        ("ภาษาไทย", 1),
        ("x²", 1),
        ("½ Ⅷ", 2),
    ],
)
def test_words_are_counted(text: str, expected: int) -> None:
    assert count_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("a\r\nb", 3), ("a\nb\r", 4), ("👩‍👧", 3), ("e\u0301", 2)]
)
def test_characters_are_code_points_and_a_line_end_is_one(text: str, expected: int) -> None:
    assert count_characters(text) == expected


@given(TEXTS, TEXTS)
def test_texts_apart_count_as_much_as_together(one: str, other: str) -> None:
    apart = count_words(one) + count_words(other)

    # two remainders of Chinese characters may round to one more or one less
    assert abs(count_words(f"{one} {other}") - apart) <= 1


@given(TEXTS)
def test_what_is_neither_letter_nor_digit_adds_no_word(text: str) -> None:
    if not any(unicodedata.category(letter)[0] in "LN" for letter in text):
        assert count_words(text) == 0


@given(TEXTS)
def test_decomposing_does_not_make_more_words_of_latin_text(text: str) -> None:
    latin = "".join(letter for letter in text if letter < "\u0250")

    assert count_words(unicodedata.normalize("NFD", latin)) == count_words(latin)
