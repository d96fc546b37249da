"""The shipped texts: all pages, all languages, in the manner of each."""

import re
import unicodedata
from pathlib import Path

import pytest

from stocktaking.kernel import languages
from stocktaking.pages.rules.rendering import render
from stocktaking.pages.rules.texts import ShippedText, shipped, shipped_text

SLUGS = {"about", "accessibility", "licence", "method", "privacy"}
TEXTS = shipped()
SCRIPT = {"ar": "ARABIC", "ru": "CYRILLIC", "zh": "CJK"}
every = pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.slug}-{text.language}")


def words(text: ShippedText) -> str:
    return re.sub(r"<[^>]+>|\{\{.*?\}\}|`[^`]*`", " ", render(text.body))


def test_every_page_is_there_in_six_languages() -> None:
    found = {(text.slug, text.language) for text in TEXTS}
    assert found == {(slug, code) for slug in SLUGS for code in languages.CODES}


@every
def test_a_text_is_long_enough_to_say_something_and_short_enough_to_be_read(
    text: ShippedText,
) -> None:
    count = len(words(text)) if text.language == "zh" else len(words(text).split())
    assert 150 <= count <= (700 if text.language == "zh" else 450)
    assert 3 <= len(text.title) <= 60 or text.language == "zh"


@every
def test_a_text_is_in_its_script(text: ShippedText) -> None:
    letters = [unicodedata.name(c, "") for c in words(text) if c.isalpha()]
    own = sum(name.startswith(SCRIPT.get(text.language, "LATIN")) for name in letters)
    assert own > 0.75 * len(letters)


@every
def test_translations_have_the_same_build(text: ShippedText) -> None:
    english = shipped_text(text.slug, "en")
    assert english is not None

    def build(body: str) -> tuple[int, ...]:
        marks = ("<h2>", "<h3>", "<li>", "<strong>", "href=", "<code>")
        html = render(body)
        return tuple(html.count(mark) for mark in marks)

    assert build(text.body) == build(english.body)


@every
def test_an_organiser_and_a_contact_are_named(text: ShippedText) -> None:
    assert "{{ organiser }}" in text.body or text.slug == "method"
    assert "{{ contact }}" in text.body or text.slug == "method"


@every
def test_punctuation_follows_the_language(text: ShippedText) -> None:
    said = words(text).replace("&quot;", '"')
    if text.language == "fr":
        assert not re.search(r"\w [:;?!](?:\s|$)", said)
    if text.language == "zh":
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", said)
    if text.language == "ar":
        assert not re.search(r"[\u0600-\u06ff][,;?]", said)
    if text.language == "ru":
        assert "ё" not in said


def test_a_file_without_a_title_is_refused(tmp_path: Path) -> None:
    (tmp_path / "about").mkdir()
    (tmp_path / "about" / "en.md").write_text("No title\n")
    with pytest.raises(ValueError, match="does not start with a title"):
        shipped(tmp_path)
