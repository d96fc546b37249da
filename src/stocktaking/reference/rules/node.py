"""Reading JSON with a sharp eye: every value knows its file and path, every fault is kept."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stocktaking.reference.rules.framework import Fault, Texts

MOST_BYTES = 20_000_000
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")  # stands in addresses and class names
COLOUR = re.compile(r"#[0-9a-f]{6}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number"}


class KeyTwiceError(ValueError):
    """A JSON object names a key twice; a reader would silently lose the first."""


class Node:
    """One value of a file with its place; asking it for parts notes what is wrong with them."""

    def __init__(self, value: Any, file: str, path: str, faults: list[Fault]) -> None:
        self.value, self.file, self.path, self.faults = value, file, path, faults

    def fault(self, code: str, key: str | None = None, **detail: object) -> None:
        """Note a fault of this value, or of its part ``key``."""
        known = {name: str(value)[:200] for name, value in detail.items()}
        self.faults.append(Fault(code, self.file, self._at(key), known))

    def _at(self, key: str | None) -> str:
        return self.path if key is None else f"{self.path}.{key}" if self.path else key

    def allow(self, *keys: str) -> None:
        """No other keys than these: a misspelt one would silently do nothing."""
        for key in self.value.keys() - set(keys):
            self.fault("key_unknown", str(key), allowed=", ".join(keys))

    def get(self, key: str, kind: type, default: Any) -> Any:
        """The part ``key`` where it is of this kind. ``default`` of ``...``: it must be there."""
        if key not in self.value:
            if default is ...:
                self.fault("key_missing", key)
            return kind() if default is ... else default
        value = self.value[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault("wrong_type", key, expected=KINDS[kind])
            return kind() if default is ... else default
        return value

    def flag(self, key: str, default: bool) -> bool:
        return bool(self.get(key, bool, default))

    def text(self, key: str, *, most: int, default: Any = "") -> str:
        """A text of at most ``most`` characters without control characters."""
        return self._clean(self.get(key, str, default), key, most)

    def _clean(self, value: str, key: str, most: int) -> str:
        if UNCLEAN.search(value) or value != value.strip():
            self.fault("text_unclean", key)
        if len(value) > most:
            self.fault("text_too_long", key, most=most, has=len(value))
        return value

    def slug(self, key: str, *, most: int = 40) -> str:
        value = self.text(key, most=most, default=...)
        if value and not SLUG.fullmatch(value):
            self.fault("slug_malformed", key, value=value)
        return value

    def code(self, key: str, default: Any = ...) -> str:
        value = self.text(key, most=40, default=default)
        if value and not CODE.fullmatch(value):
            self.fault("code_malformed", key, value=value)
        return value

    def colour(self, key: str) -> str:
        value = self.text(key, most=40)
        if value and not COLOUR.fullmatch(value):
            self.fault("colour_malformed", key, value=value)
            return ""
        return value

    def date(self, key: str) -> dt.date | None:
        value = self.text(key, most=40)
        if not value:
            return None
        try:
            if DATE.fullmatch(value):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        self.fault("date_malformed", key, value=value)
        return None

    def period(self, first: str, last: str) -> tuple[dt.date | None, dt.date | None]:
        start, end = self.date(first), self.date(last)
        if start and end and start > end:
            self.fault("dates_reversed", last, first=start, last=end)
        return start, end

    def number(self, key: str, *, least: int, most: int) -> int | None:
        value: int | None = self.get(key, int, None)
        if value is not None and not least <= value <= most:
            self.fault("number_out_of_range", key, least=least, most=most)
            return None
        return value

    def strings(self, key: str, *, most: int = 1000, default: Any = ()) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        found = []
        for index, value in enumerate(self.get(key, list, default)):
            place = f"{key}[{index}]"
            if not isinstance(value, str):
                self.fault("wrong_type", place, expected=KINDS[str])
            elif not value:
                self.fault("text_missing", place)
            else:
                found.append(self._clean(value, place, most))
        return tuple(found)

    def texts(
        self, key: str, languages: tuple[str, ...], *, most: int, required: bool = False
    ) -> Texts:
        """Texts by language; ``required``: there is one in each language of the framework."""
        given = self.get(key, dict, ... if required else {})
        for language in languages if required and key in self.value else ():
            if not given.get(language):
                self.fault("text_missing", f"{key}.{language}")
        found = {}
        for language, value in given.items():
            place = f"{key}.{language}"
            if language not in languages:
                self.fault("language_unknown", place, languages=", ".join(languages))
            elif not isinstance(value, str):
                self.fault("wrong_type", place, expected=KINDS[str])
            elif value:
                found[language] = self._clean(value, place, most)
        return found

    def items(self, key: str, default: Any = ...) -> Iterator["Node"]:
        """The objects of a list, each with its place."""
        for index, value in enumerate(self.get(key, list, default)):
            place = self._at(f"{key}[{index}]")
            if isinstance(value, dict):
                yield Node(value, self.file, place, self.faults)
            else:
                self.fault("wrong_type", f"{key}[{index}]", expected=KINDS[dict])


def open_file(folder: Path, name: str, faults: list[Fault]) -> Node | None:
    """The object in a JSON file; None, and a fault, where there is none."""
    path = folder / name
    nothing = Node(None, name, "", faults)
    try:
        if path.stat().st_size > MOST_BYTES:
            nothing.fault("file_too_large", most=MOST_BYTES)
            return None
        text = path.read_bytes().decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except OSError:
        nothing.fault("file_missing")
    except UnicodeDecodeError as error:
        nothing.fault("not_utf8", position=error.start)
    except KeyTwiceError as error:
        nothing.fault("key_twice", name=error)
    except (ValueError, RecursionError) as error:
        nothing.fault("not_json", problem=error)
    else:
        if isinstance(value, dict):
            return Node(value, name, "", faults)
        nothing.fault("wrong_type", expected=KINDS[dict])
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise KeyTwiceError(next(key for key in keys if keys.count(key) > 1))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
