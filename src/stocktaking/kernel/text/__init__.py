"""Text in six languages: one normaliser for the index and for what people type."""

from stocktaking.kernel.text.counting import count_characters, count_words
from stocktaking.kernel.text.languages import guess
from stocktaking.kernel.text.normalise import fold, name_key
from stocktaking.kernel.text.stems import stems
from stocktaking.kernel.text.words import Word, words

__all__ = [
    "Word",
    "count_characters",
    "count_words",
    "fold",
    "guess",
    "name_key",
    "tokens",
    "words",
]


def tokens(text: str, language: str) -> list[str]:
    """The words of a text as folded stems in order, for comparing texts with each other."""
    return [found[0] for word in words(text) if (found := stems(word.text, language))]
