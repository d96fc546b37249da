"""Numbers as people of six languages type them."""

import re
import unicodedata

_SPACES = re.compile(r"[\s'’_  ]+")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_MARKS = str.maketrans({"٫": ".", "٬": ",", "،": ",", "−": "-", "，": ",", "．": "."})


def plain_digits(text: str) -> str:
    """Decimal digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )


def read_number(text: str, *, decimals: int | None) -> int | float | None:
    """The number that was typed, None where it is none.

    Points and commas both part decimals; before three digits they part thousands where the
    question takes whole numbers, or where they stand more than once.
    """
    bare = plain_digits(_SPACES.sub("", text.translate(_MARKS)))
    grouped = _THOUSANDS.fullmatch(bare)
    if grouped and (not decimals or bare.count(grouped[1]) > 1):
        bare = bare.replace(grouped[1], "")
    elif bare.count(",") == 1 and "." in bare and bare.index(".") < bare.index(","):
        bare = bare.replace(".", "").replace(",", ".")  # 1.234,5
    elif bare.count(".") == 1:
        bare = bare.replace(",", "")  # 1,234.5
    else:
        bare = bare.replace(",", ".")
    if not _PLAIN.fullmatch(bare):
        return None
    number = float(bare)
    return int(bare) if "." not in bare else (int(number) if number.is_integer() else number)
