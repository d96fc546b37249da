"""Classes of characters that decide where words begin and how they are folded."""

import re
import unicodedata

# Scripts written without spaces: their words are found by pairs of neighbouring characters.
UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3031-\u3035\u303b\u3040-\u30ff\u31f0-\u31ff"  # Japanese kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    "\uff66-\uff9f"  # half-width kana
    "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# They stand inside a word and mean nothing: soft hyphen, zero-width joiners, byte order mark.
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"

HYPHENS = r"\-\u2010\u2011\u2012\u2013\ufe63\uff0d"
APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\uff07`\u00b4"


def _marks() -> str:
    """Combining marks as ranges for a character class (``\\w`` leaves them out)."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1E950):
        if unicodedata.category(chr(code))[0] != "M":
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in ranges)


MARKS = _marks()

# A run of letters, digits and what hangs on them, underscore excepted.
_RUN = rf"[^\W_]+(?:[{MARKS}{INVISIBLE}]+[^\W_]*)*"
RUN = re.compile(_RUN)
# A hyphen, apostrophe, dot or underscore between two runs makes one thing of them.
CONNECTORS = f"{HYPHENS}{APOSTROPHES}.\u00b7_"
CHUNK = re.compile(rf"{_RUN}(?:[{CONNECTORS}]{_RUN})*")
UNSPACED_RUN = re.compile(rf"[{UNSPACED}]+")
HAN_CHARACTER = re.compile(rf"[{HAN}]")
ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]")
CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
LATIN_LETTER = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
