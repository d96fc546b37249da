"""An exported document, one JSON object, as what it states: each key speaks for a whole part."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from stocktaking.entries.rules.edit_table.own import Owner, OwnRow
from stocktaking.entries.rules.edit_table.stated import Stated
from stocktaking.entries.rules.shapes import Fault
from stocktaking.entries.rules.snapshots import PARTS, read_part

# what tells which entry it is, or is of no consequence: another register gives its own
ABOUT = frozenset(
    (
        *("number", "version", "key", "register", "state", "slug"),
        *("confirmed_on", "published_at", "changed_at"),
    )
)
_TEXTS = ("original_language", "start", "end", "website", "licence", "attribution", "source")
_FLAGS = ("worldwide", "registered_on_assumed")
KEYS = frozenset(
    (
        *(*ABOUT, *_TEXTS, *_FLAGS, *PARTS),
        *("organisation", "organisations", "collections", "registered_on", "extra"),
    )
)


class MalformedError(Exception):
    """The value of a key has another shape than documents have."""


def read_document(data: Mapping[str, Any]) -> tuple[OwnRow, list[Fault]]:
    """The document, with a fault for each key whose value cannot be understood."""
    fields: dict[str, Any] = {}
    faults: list[Fault] = []
    about: dict[str, Any] = {}
    for key, value in data.items():
        try:
            if key in ABOUT:
                about[key] = _about(key, value)
            elif key == "organisation":
                about["owner"] = owner = _owner(value)
                fields[key] = owner.number
            elif key == "organisations":
                about["bodies"] = tuple(_owner(one) for one in _list(value))
            elif key in KEYS:
                fields[key] = _value(key, value)
        except MalformedError:
            faults.append(Fault("document_malformed", key))
    row = OwnRow(
        stated=Stated(fields=fields),
        number=about.get("number"),
        version=about.get("version"),
        key=about.get("key", ""),
        register=about.get("register", ""),
        state=about.get("state", ""),
        owner=about.get("owner", Owner()),
        bodies=about.get("bodies", ()),
    )
    return row, faults


def _about(key: str, value: Any) -> Any:
    if key in ("number", "version"):
        return _number(value)
    return _text(value) if key in ("key", "register", "state") else None


def _value(key: str, value: Any) -> Any:
    if key in PARTS:
        return tuple(_part(key, one) for one in _list(value))
    if key in _TEXTS:
        return _text(value)
    if key in _FLAGS:
        return _flag(value)
    if key == "collections":
        return tuple(_text(one) for one in _list(value))
    if key == "registered_on":
        return _day(value)
    return _facts(value)


def _part(name: str, stated: Any) -> Any:
    if not isinstance(stated, Mapping):
        raise MalformedError
    try:
        part = read_part(name, dict(stated))
    except (TypeError, ValueError):
        raise MalformedError from None
    for held, kind in PARTS[name].__annotations__.items():
        value = getattr(part, held)
        numbered = kind in (int, int | None)
        if numbered and _number(value) is None and kind is int:
            raise MalformedError
        if not numbered:
            _text(value)
    return part


def _owner(value: Any) -> Owner:
    if value is None:
        return Owner()
    if not isinstance(value, Mapping):
        raise MalformedError
    said = {key: _text(value.get(key)) for key in ("name", "type", "country")}
    if value.get("stated") is False:
        said["name"] = ""  # it stands for an owner that nobody states
    return Owner(number=_number(value.get("number")), **said)


def _text(value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise MalformedError
    return value or ""


def _number(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise MalformedError
    return value


def _flag(value: Any) -> bool:
    if value is not None and not isinstance(value, bool):
        raise MalformedError
    return bool(value)


def _list(value: Any) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise MalformedError
    return value or []


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said) if (said := _text(value)) else None
    except ValueError:
        raise MalformedError from None


def _facts(value: Any) -> dict[str, Any]:
    if value is not None and not isinstance(value, dict):
        raise MalformedError
    return value or {}
