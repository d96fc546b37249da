"""Whether single texts, addresses and facts have an acceptable form."""

import dataclasses
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

DEPTH_MAX = 6  # levels of lists and objects in additional facts


@dataclass(frozen=True)
class Fault:
    """One reason to refuse; ``params`` go into its message."""

    code: str
    field: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


def additional_facts(stated: object) -> Iterator[Fault]:
    """What keeps these facts from being plain values of a sensible depth."""
    if not _is_plain(stated, 0):
        yield from _facts(stated, 0)


def _is_plain(stated: object, depth: int) -> bool:
    """The same as no fault at all, which is the rule; faster than looking for faults."""
    if depth > DEPTH_MAX:
        return False
    if type(stated) is str:
        return stated.isprintable() or not has_control(stated, "")
    if stated is None or isinstance(stated, bool | int):
        return True
    if isinstance(stated, float):
        return math.isfinite(stated)
    if isinstance(stated, dict):
        return all(
            type(key) is str and key.isprintable() and _is_plain(value, depth + 1)
            for key, value in stated.items()
        )
    return isinstance(stated, list) and all(_is_plain(value, depth + 1) for value in stated)


def _facts(stated: object, depth: int) -> Iterator[Fault]:
    if depth > DEPTH_MAX:
        yield Fault("extra_malformed", "extra")
    elif isinstance(stated, dict):
        for key, value in stated.items():
            if not isinstance(key, str):
                yield Fault("extra_malformed", "extra")
            yield from _facts(key, depth)
            yield from _facts(value, depth + 1)
    elif isinstance(stated, list):
        for value in stated:
            yield from _facts(value, depth + 1)
    elif isinstance(stated, str):
        if has_control(stated, ""):
            yield Fault("control_character", "extra")
    elif isinstance(stated, float):
        if not math.isfinite(stated):
            yield Fault("extra_malformed", "extra")
    elif stated is not None and not isinstance(stated, bool | int):
        yield Fault("extra_malformed", "extra")


def line(stated: str, at: str, most: int) -> Iterator[Fault]:
    yield from prose(stated, at, most, allowed="")


def prose(stated: str, at: str, most: int, allowed: str = "\n\t") -> Iterator[Fault]:
    if len(stated) > most:
        yield Fault("too_long", at, {"most": most})
    if has_control(stated, allowed):
        yield Fault("control_character", at)


def has_control(stated: str, allowed: str) -> bool:
    """Control characters and halves of surrogate pairs: databases and XML refuse them."""
    if stated.isprintable():
        return False
    return any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in stated)


def address(stated: str, at: str, most: int) -> Iterator[Fault]:
    if len(stated) > most:
        yield Fault("too_long", at, {"most": most})
    try:
        parts = urlsplit(stated)
        well_formed = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port  # a ValueError where it is no number
    except ValueError:
        well_formed = False
    if not well_formed or any(c.isspace() for c in stated) or has_control(stated, ""):
        yield Fault("address_malformed", at)
