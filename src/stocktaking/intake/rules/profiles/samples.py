"""What the first values of a column tell about it."""

import re
from collections.abc import Collection, Sequence

from stocktaking.entries.rules.shapes import address
from stocktaking.intake.rules.profiles.columns import split
from stocktaking.intake.rules.profiles.dates import NoDateError, read_date
from stocktaking.intake.rules.profiles.framework import Scheme
from stocktaking.intake.rules.profiles.model import ORDERS

SEPARATORS = ("; ", ";", "|", "\n", ", ", ",", " / ")
_LOOKED_AT = 800  # characters of a value


def dates(said: Collection[str]) -> bool:
    """Whether most are dates under one of the orders."""
    return bool(said) and max(_readable(said, order) for order in ORDERS) * 2 > len(said)


def order(said: Collection[str]) -> str:
    """The order under which all are dates. Where that is none or several, year first: the dates
    are then refused until a person has chosen."""
    fitting = [one for one in ORDERS if _readable(said, one) == len(said)]
    return fitting[0] if len(fitting) == 1 else ORDERS[0]


def _readable(said: Collection[str], order: str) -> int:
    return sum(_is_date(text, order) for text in said)


def _is_date(text: str, order: str) -> bool:
    try:
        read_date(text, order=order)
    except NoDateError:
        return False
    return True


def addresses(said: Collection[str]) -> bool:
    """Whether most are web addresses."""
    right = [text for text in said if next(address(text.strip(), "", 1000), None) is None]
    return bool(said) and len(right) * 2 > len(said)


def share(said: Sequence[str], scheme: Scheme) -> float:
    """The share of the words in a column that are terms of a scheme, split where that helps."""
    ways: list[tuple[str, ...]] = [(), *((one,) for one in SEPARATORS)]
    return max(_share(said, scheme, way) for way in ways)


def several(said: Sequence[str], scheme: Scheme) -> bool:
    """Whether more than one term occurs: a column of "no" is about no country."""
    return len({scheme.means(text) for text in said}) > 1


def separators(said: Sequence[str], scheme: Scheme) -> tuple[str, ...]:
    """What stands between the terms of a cell, if that is seen."""
    whole = _share(said, scheme, ())
    best = max(SEPARATORS, key=lambda one: _share(said, scheme, (one,)))
    return (best.strip(" ") or best,) if _share(said, scheme, (best,)) > whole else ()


def _share(said: Sequence[str], scheme: Scheme, by: tuple[str, ...]) -> float:
    parts = [part for text in said for part in (split(text, by) if by else [text])]
    known = [part for part in parts if len(scheme.means(part)) == 1]
    return len(known) / len(parts) if parts else 0.0


def lists(said: Sequence[str]) -> tuple[str, ...]:
    """What stands between several names; commas belong to names."""
    for separator in (";", "|", "\n"):
        if any(re.search(rf"\S\s*{re.escape(separator)}\s*\S", text[:_LOOKED_AT]) for text in said):
            return (separator,)
    return ()
