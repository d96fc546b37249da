"""A guess of the language of a text: by script, then by the commonest words."""

from stocktaking.kernel.text.characters import (
    ARABIC_LETTER,
    CYRILLIC_LETTER,
    HAN_CHARACTER,
    LATIN_LETTER,
)
from stocktaking.kernel.text.normalise import fold
from stocktaking.kernel.text.words import words

_STOP_WORDS = {
    "ar": "في من على إلى عن مع هذا هذه التي الذي أن إن كان كانت ما لا لم قد كل بين بعد قبل هو هي"
    " ذلك تلك أو ثم حتى كما عند منذ",
    "en": "the of and to in is for on with that as are by an be this at from it its was were which"
    " has have not or their through who will can they we our a",
    "es": "de la el en y los las del que para por con una un se su al es lo como más o sus este"
    " esta entre desde sobre son fue ha también sin",
    "fr": "de la le les et des en du un une pour dans par sur au aux est qui que avec ce cette ces"
    " à l d son ses sont ou plus leur leurs a été il elle ne pas",
    "ru": "и в на с по для не из о к от за при до а что как это его их или также был была были"
    " будет во со об который которые",
    "zh": "的 和 在 是 了 与 为 及 等 对 将 以 于 由 从",
}
STOP_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(fold(word) for word in text.split()) for code, text in _STOP_WORDS.items()
}
ANY_STOP_WORD: frozenset[str] = frozenset().union(*STOP_WORDS.values()) - {""}

# Words of one of the three only: they weigh more than what the languages share.
_LATIN = {
    code: STOP_WORDS[code].difference(
        *(STOP_WORDS[other] for other in ("en", "fr", "es") if other != code)
    )
    for code in ("en", "fr", "es")
}
_LETTERS = {"es": "ñ¿¡", "fr": "œçèêùâîôë"}
_ENDINGS = {
    "en": ("ing", "tion", "ness", "ment", "ship", "th"),
    "fr": ("tion", "eux", "euse", "ique", "aux", "ement", "ité"),
    "es": ("ción", "cion", "ciones", "dad", "mente", "ndo"),
}
SAMPLE = 4_000  # characters


def guess(text: str) -> str | None:
    """Code of one of the six languages, or None where nothing speaks for one.

    Two-word titles are often undecidable: ask with title and summary together.
    """
    sample = text[:SAMPLE]
    scripts = {
        "ar": len(ARABIC_LETTER.findall(sample)),
        "ru": len(CYRILLIC_LETTER.findall(sample)),
        # one Chinese character says as much as some three letters
        "zh": 3 * len(HAN_CHARACTER.findall(sample)),
        "latin": len(LATIN_LETTER.findall(sample)),
    }
    best = max(scripts, key=lambda script: scripts[script])
    if not scripts[best]:
        return None
    return _latin(sample) if best == "latin" else _foreign(best, sample)


def _foreign(language: str, sample: str) -> str | None:
    """The language of a script, unless letters show that another one is written in it."""
    others = {"ar": "پچژگکیٹڈےں", "ru": "іїєґўђћљњџјқғүұөә", "zh": ""}[language]
    strange = sum(sample.lower().count(letter) for letter in others)
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in sample) if language == "zh" else 0
    if kana > 2 or strange * 40 > len(sample):
        return None
    return language


def _latin(sample: str) -> str | None:
    scores = dict.fromkeys(("en", "fr", "es"), 0.0)
    for word in words(sample):
        folded, lowered = word.folded, word.text.lower()
        for code, own in _LATIN.items():
            scores[code] += 3 * (folded in own) + (folded in STOP_WORDS[code])
        if len(folded) > 5:
            for code, endings in _ENDINGS.items():
                scores[code] += 0.5 * lowered.endswith(endings)
    lowered = sample.lower()
    for code, letters in _LETTERS.items():
        scores[code] += 2 * sum(lowered.count(letter) for letter in letters)
    ranked = sorted(scores, key=lambda code: scores[code], reverse=True)
    if scores[ranked[0]] <= scores[ranked[1]]:
        return None
    return ranked[0]
