"""What is done to texts: told each time, and nothing else changes."""

import ftfy
import pytest
from ftfy.badness import is_bad
from hypothesis import example, given
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel.reading import Note, Reading
from stocktaking.kernel.reading.suspicion import suspicious
from stocktaking.kernel.reading.tidying import Tidying

MISREAD = "Ã©Ã¨â€™â€œÂ°Ð¿Ñ€Ð¸Ð²ÐµÑ‚Ø§Ù„ÏƒÎ·Î¼ÅŸÄ±вЂ™Г©œ ŒÂ Ã £©»«–…°×²√±‚Äìf "
WORDS = ("Côte d'Ivoire", "«Été»", "Проект «Вода»", "学校和医院", "مدرسة", "señor – ‘x’", "œuvre.")


def tidied(text, **reading):
    notes, faults = [], []
    result = Tidying(Reading(**reading)).text(text, "c", notes, faults)
    return result, tuple(notes), tuple(faults)


@given(
    st.text(max_size=30)
    | st.text(alphabet=MISREAD + "ab .\n", max_size=30)
    | st.text("абвйяёВГРС°Ђ€ ", max_size=20)
)
@example("œ1")
@example("a Â b")
@example("Â b")
def test_what_is_suspicious_is_what_ftfy_finds_bad(text):
    assert bool(suspicious(text)) == is_bad(text)


@given(st.text(alphabet=MISREAD + "ab <>&\r\x01", max_size=30), st.sampled_from("ab<é\x02"))
def test_nothing_is_overlooked_in_a_row(text, other):
    tidying = Tidying(Reading())
    notes, faults = [], []
    result = tidying.text(text, "c", notes, faults)
    if notes or faults or result != text:
        assert tidying.doubtful(f"{other},{text}")


@pytest.mark.parametrize("text", WORDS)
def test_plain_words_in_many_scripts_stay_without_a_word(text):
    assert tidied(text, mojibake="repair", html="text") == (text, (), ())


@pytest.mark.parametrize("text", [word for word in WORDS if not word.isascii()])
@pytest.mark.parametrize("wrong", ["windows-1252", "latin-1", "windows-1251", "mac-roman"])
def test_letters_read_wrongly_once_are_told_or_mended(text, wrong):
    try:
        misread = text.encode().decode(wrong)
    except UnicodeError:
        return
    if not is_bad(misread) or ftfy.fix_encoding(misread) != text:
        return
    assert tidied(misread)[0] in (misread, _without_c1(misread))
    assert "letters_suspicious" in codes(tidied(misread)[1])
    mended, notes, _ = tidied(misread, mojibake="repair")
    assert mended == text
    assert notes[0].code == "letters_repaired"
    assert notes[0].params["became"] == text


def _without_c1(text):
    return "".join(letter for letter in text if not "\x7f" <= letter <= "\x9f")


def test_letters_that_cannot_be_mended_stay_and_are_told():
    text = "San JosÍ© in Costa Rica"
    assert tidied(text, mojibake="repair")[:2] == (
        text,
        (Note("letters_suspicious", "c", {"text": text}),),
    )


def test_markup_is_told_or_made_plain():
    text = "<p>One &amp; two</p><p>Three</p>"
    assert tidied(text) == (text, (Note("markup_found", "c", {"text": text}),), ())
    assert tidied(text, html="text") == (
        "One & two\n\nThree",
        (Note("markup_removed", "c", {"text": text}),),
        (),
    )


@pytest.mark.parametrize("text", ["a < b & c > d", "AT&T", "<5 years", "5' 3\""])
def test_signs_of_markup_alone_are_none(text):
    assert tidied(text, html="text") == (text, (), ())


def test_controls_are_left_out_and_counted():
    text, notes, _ = tidied("a\0b\x0bc\ufeffd\x1f")
    assert text == "ab\ncd"
    assert notes == (Note("controls_removed", "c", {"count": 4}),)


def test_signs_that_scripts_need_stay():
    text = "می\u200cخواهم \u200fעברית\u200e \u202bx\u202c क\u200d soft\xadhyphen"
    assert tidied(text) == (text, (), ())


def test_line_ends_within_a_cell_are_one_kind():
    assert tidied("a\r\nb\rc\nd") == ("a\nb\nc\nd", (), ())


def test_what_is_shown_of_a_text_is_short():
    _, notes, _ = tidied("<p>" + "x" * 500)
    assert len(notes[0].params["text"]) == 80
