"""How long a text is, by one arithmetic rule that the browser repeats exactly.

A word is a run that begins with a letter or digit and goes on with letters, digits, marks and
invisible joiners; Chinese characters are no part of a run: 1.6 of them make a word, rounded half
up in whole numbers. ``web/static/web/questionnaire.js`` holds the same rule; a test in a browser
compares the two.
"""

import re

from stocktaking.kernel.text.characters import HAN_CHARACTER, INVISIBLE, MARKS

# variation selectors of ideographs are marks as well, beyond what the index looks at
_HANGING = f"{MARKS}\U000e0100-\U000e01ef{INVISIBLE}"
_RUN = re.compile(rf"[^\W_]+(?:[{_HANGING}]+[^\W_]*)*")


def count_words(text: str) -> int:
    """How many words a text has. Never raises, whatever the characters."""
    if text.isascii():
        return sum(1 for _ in _RUN.finditer(text))
    han = len(HAN_CHARACTER.findall(text))
    runs = sum(1 for _ in _RUN.finditer(HAN_CHARACTER.sub(" ", text)))
    return runs + (5 * han + 4) // 8  # han / 1.6, half up


def count_characters(text: str) -> int:
    """Code points, a line end as one however it is sent."""
    return len(text) - text.count("\r\n")
