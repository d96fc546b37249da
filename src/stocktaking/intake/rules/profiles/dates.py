"""Dates of foreign files: read by the order that the profile states, never by a guess."""

import datetime as dt
import re
from collections.abc import Mapping

from stocktaking.entries.rules.acceptance import YEAR_MAX, YEAR_MIN
from stocktaking.intake.rules.profiles.framework import key
from stocktaking.kernel.periods import PRECISIONS, PartialDate

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
# a time of day after a date says nothing about the day: it is not moved between zones
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,4})[./\s-]+(\d{1,4})(?:[./\s-]+(\d{1,4}))?", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+\.?")
_LONGEST = 40


class NoDateError(ValueError):
    """Why a text is no date under this rule; ``code`` is one of the codes of notes."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_date(
    stated: str,
    *,
    order: str = "ymd",
    precision: str = "day",
    months: Mapping[str, int] | None = None,
) -> str:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD, not more precise than ``precision``.

    ISO dates and bare years are read under any order. ``months`` are names, folded by
    ``framework.key``. NoDateError: ``date_malformed``, ``date_order`` (a date only under another
    order), ``date_year_short``, ``date_out_of_range``.
    """
    text = _digits(stated.strip())
    if len(text) > _LONGEST:
        raise NoDateError("date_malformed")
    text = _TIME.sub("", text)
    if months:
        text = _WORD.sub(lambda word: _month(word[0], months), text)
    year, month, day = _parts(text, order)
    found = _date(year, month, day)
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise NoDateError("date_out_of_range", first=YEAR_MIN, last=YEAR_MAX)
    if PRECISIONS.index(found.precision) > PRECISIONS.index(precision):
        found = PartialDate(found.date, precision)  # type: ignore[arg-type]
    return str(found)


def _digits(text: str) -> str:
    """ASCII digits for those of other scripts."""
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _month(word: str, months: Mapping[str, int]) -> str:
    number = months.get(key(word.removesuffix("."))) or months.get(key(word))
    return word if number is None else f" {number} "


def _parts(text: str, order: str) -> tuple[int, int | None, int | None]:
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
        return int(year), int(month) if month else None, int(day) if day else None
    numeric = _NUMERIC.fullmatch(text)
    if not numeric:
        raise NoDateError("date_malformed")
    pieces = [piece for piece in numeric.groups() if piece is not None]
    places = order if len(pieces) == 3 else order.replace("d", "")
    named = dict(zip(places, pieces, strict=True))
    if len(named["y"]) < 4:
        # a year of two digits where no piece is a year; else the year stands elsewhere
        short = all(len(piece) <= 2 for piece in pieces)
        raise NoDateError("date_year_short" if short else "date_order", order=order)
    month, stated_day = int(named["m"]), int(named["d"]) if "d" in named else None
    if stated_day is not None and month > 12 and stated_day <= 12:
        raise NoDateError("date_order", order=order)
    return int(named["y"]), month, stated_day


def _date(year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        date = dt.date(year, month or 1, day or 1)
    except ValueError:
        raise NoDateError("date_malformed") from None
    if month == 0 or day == 0:
        raise NoDateError("date_malformed")
    return PartialDate(date, "year" if month is None else "month" if day is None else "day")
