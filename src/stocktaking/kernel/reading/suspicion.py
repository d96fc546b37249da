"""Letters that were once read in a wrong encoding, such as "Ã©" for "é".

What looks bad is the judgement of ftfy, which is slow on long texts. All it finds bad holds two
letters side by side that are beyond ASCII and not both of one large script, or one of a few
letters that are bad alone; so only the surroundings of these are judged.
"""

import re

from ftfy import fix_encoding
from ftfy.badness import BADNESS_RE

# beyond ASCII, without the common letters of Cyrillic, Arabic, and the scripts of East Asia
_DOUBTFUL = (
    "\x80-\u040f\u0450-\u05ff\u0700-\u2e7f\ua000-\uabff\ud800-\uf8ff\ufb00-\ufeff\ufff0-\uffff"
)
_ALONE = "\x80-\x9fŒœÃÂ"
NEAR = re.compile(f"[{_DOUBTFUL}](?:(?<=[{_ALONE}])|(?=[^\0-\x7f])|(?<=[^\0-\x7f].))", re.DOTALL)
# Latin beyond its first extension, phonetic signs and combining marks, without those in use:
# of Vietnamese, Romanian, Azerbaijani and languages of West Africa
_RARE = re.compile(
    "(?![\u0181\u0186\u018a\u018f\u0190\u0198\u0199\u01a0\u01a1\u01af\u01b0\u01b3\u01b4\u0218-\u021b\u0253\u0254"
    "\u0257\u0259\u025b\u0300-\u0303\u0306\u0308-\u030c\u0323\u0327])[\u0180-\u0385\u0460-\u048f]"
)
_AROUND = 6  # no pattern of ftfy is longer


def suspicious(text: str) -> str:
    """The first place that looks bad, with what is around it; "" where nothing does."""
    if text.isascii():
        return ""
    for near in NEAR.finditer(text):
        start = max(0, near.start() - _AROUND)
        if BADNESS_RE.search(text, start, near.end() + _AROUND):
            return text[max(0, start - 2 * _AROUND) : near.end() + 3 * _AROUND]
    return ""


def repaired(text: str) -> str:
    """The text as it was meant, where that can be worked out without doubt.

    ftfy also finds letters that hardly any language has; a text with such is not what was meant.
    """
    mended: str = fix_encoding(text)
    return text if set(_RARE.findall(mended)) - set(_RARE.findall(text)) else mended
