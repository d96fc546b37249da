"""Numbers as the reader's language writes them, in Western digits."""

from stocktaking.kernel import languages

NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
THOUSANDS = {"en": NARROW, "fr": NARROW, "ru": NO_BREAK, "es": NARROW, "ar": ",", "zh": ","}
DECIMAL = {"en": ".", "fr": ",", "ru": ",", "es": ",", "ar": ".", "zh": "."}
PER_CENT = {"fr": f"{NARROW}%", "es": f"{NO_BREAK}%", "ru": f"{NO_BREAK}%"}


def figure(value: float, digits: int = 0, language: str | None = None) -> str:
    """A number with thousands apart: ``15 240``."""
    code = language or languages.current().code
    text = f"{value:,.{digits}f}"
    whole, _, part = text.partition(".")
    whole = whole.replace(",", THOUSANDS.get(code, NARROW))
    return f"{whole}{DECIMAL.get(code, '.')}{part}" if part else whole


def percent(share: float, language: str | None = None) -> str:
    """A share of 1 in per cent; one decimal under ten, none above."""
    code = language or languages.current().code
    value = share * 100
    digits = 1 if 0 < value < 9.95 and round(value, 1) != round(value) else 0
    return figure(value, digits, code) + PER_CENT.get(code, "%")
