"""Stems: the forms of a word meet, in the languages that have a stemmer."""

import re
import threading
from functools import lru_cache

import snowballstemmer

from stocktaking.kernel.text.characters import ARABIC_LETTER, CYRILLIC_LETTER, LATIN_LETTER
from stocktaking.kernel.text.normalise import fold

NAMES = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
LATIN = ("en", "fr", "es")

# The stemmers know endings by their accents, which many people leave out when they type.
_ACCENTS = {
    "es": ((re.compile("([cs])ion$"), r"\1ión"), (re.compile("logia$"), "logía")),
    "fr": ((re.compile("ite$"), "ité"),),
}

_stemmers = {code: snowballstemmer.stemmer(name) for code, name in NAMES.items()}
_lock = threading.Lock()  # a stemmer keeps the word it works on


@lru_cache(maxsize=262_144)
def stems(word: str, language: str) -> tuple[str, ...]:
    """Folded stems of a word in one language, the likeliest first; the word if it has none.

    More than one where the spelling with and without accents leads to different stems. The
    script decides before the language does: Cyrillic in an English text is stemmed as Russian.
    """
    folded = fold(word)
    language = stemmer_for(folded, language)
    if not language or len(folded) < 3 or any("0" <= letter <= "9" for letter in folded):
        return (folded,) if folded else ()
    spellings = [word.lower(), folded]
    for pattern, accented in _ACCENTS.get(language, ()):
        spellings.append(pattern.sub(accented, folded))
    with _lock:
        found = [_stemmers[language].stemWord(spelling) for spelling in dict.fromkeys(spellings)]
    return tuple(dict.fromkeys(stem for raw in found if (stem := fold(raw)))) or (folded,)


def stemmer_for(word: str, language: str) -> str:
    """Code of the stemmer for a word found in a text of this language; empty for none."""
    if CYRILLIC_LETTER.search(word):
        return "" if language not in ("ru", *LATIN, "ar", "zh", "") else "ru"
    if ARABIC_LETTER.search(word):
        return "" if language in ("fa", "ur", "ps", "ug", "sd", "ckb") else "ar"
    if not LATIN_LETTER.search(word):
        return ""
    if language in LATIN:
        return language
    return "en" if language in ("ru", "ar", "zh", "") else ""


@lru_cache(maxsize=65_536)
def all_stems(word: str) -> tuple[str, ...]:
    """Stems of a word in every language of its script: what a query asks for.

    A reader's language does not limit what they search, so nothing is assumed about it.
    """
    languages = LATIN if LATIN_LETTER.search(word) else ("",)
    found = [stem for language in languages for stem in stems(word, language)]
    folded = fold(word)
    return tuple(dict.fromkeys([*found, folded])) if folded else ()
