"""Folding: different spellings of one word become one string."""

import re
import unicodedata
from functools import lru_cache

from stocktaking.kernel.text.characters import APOSTROPHES, INVISIBLE, MARKS, RUN

# Letters that carry no combining mark and yet are variants of another.
_LETTERS = {
    "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "ð": "d", "þ": "th", "ŋ": "n", "ĸ": "k", "ſ": "s", "ё": "е", "ѐ": "е", "ѝ": "и",
    # Arabic: seats of hamza, alef, ya and ta marbuta, Persian and Urdu forms
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي",
    "ې": "ي", "ے": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ۂ": "ه", "ھ": "ه",
    "ک": "ك", "ڪ": "ك", "ۃ": "ه", "ء": "", "ـ": "", "ٴ": "",
}  # fmt: skip
_FOLDS = str.maketrans(_LETTERS)
_INVISIBLE = re.compile(rf"[{INVISIBLE}]")
_ARABIC = re.compile("[\u0621-\u064a]")
_DROPPABLE = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_LEADING = re.compile(f"^[{MARKS}]+")  # a sign on nothing
# Vowel signs of Hebrew and Arabic and the small signs of the Koran.
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
# "and", "with", "like", "so" before the article; "for the" swallows its first letter
_ARTICLE = re.compile("^(?:[وفبك]?ال|لل|ولل|فلل)(?=..)")


@lru_cache(maxsize=131_072)
def fold(word: str) -> str:
    """One word in its folded form: NFKC, case, diacritics, digits, Arabic letter variants.

    Letters of other scripts (Chinese, Devanagari vowel signs, Cyrillic й) stay whole. The
    result may be empty (a lone combining mark). Folding twice changes nothing.
    """
    if word.isascii():
        return word.lower()
    for _ in range(10):  # a fold may expose another; a few rounds settle any word
        folded = _fold_once(word)
        if folded == word:
            break
        word = folded
    return word


def _fold_once(word: str) -> str:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    text = _INVISIBLE.sub("", text)
    text = _POINTS.sub("", text).translate(_FOLDS)
    text = "".join(map(_bare, text))
    text = _LEADING.sub("", _DROPPABLE.sub("", text))
    if _ARABIC.match(text):
        text = strip_article(text)
    return text


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """A Latin or Greek letter without its accents; a foreign digit as an ASCII one."""
    if character.isascii():
        return character if character.isalnum() else ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    base = unicodedata.normalize("NFD", character)[0]
    if base != character and ("a" <= base <= "z" or "\u0370" <= base <= "\u03ff"):
        return base
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return character
    return ""  # what NFKC makes of ligatures such as ½ or ﷺ: slashes and spaces


def strip_article(word: str) -> str:
    """A folded Arabic word without its definite article (and the particle before it)."""
    while (match := _ARTICLE.match(word)) and len(word) - match.end() >= 3:
        word = word[match.end() :]
    return word


_INSIDE_NAMES = re.compile(rf"(?<=\w)[{APOSTROPHES}.](?=\w|\s|$)")


def name_key(text: str) -> str:
    """A key under which spellings of one name meet: folded words, one space between.

    ``U.N. Women`` = ``UN women``, ``Ministère de l’Éducation`` = ``MINISTERE DE LEDUCATION``.
    Never raises; a name without any letter or digit is its own key.
    """
    joined = _INSIDE_NAMES.sub("", unicodedata.normalize("NFKC", text))
    words = [folded for match in RUN.finditer(joined) if (folded := fold(match.group()))]
    return " ".join(words) or " ".join(text.casefold().split())
