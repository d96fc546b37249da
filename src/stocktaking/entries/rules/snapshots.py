"""Entry values as JSON and back: the format of versions. Old formats stay readable."""

import datetime as dt
from dataclasses import fields
from typing import Any

from stocktaking.entries.rules.values import (
    SCALARS,
    EntryValues,
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

FORMAT = 1

PARTS: dict[str, type] = {
    "texts": TextValue,
    "sections": SectionValue,
    "terms": TermValue,
    "partners": PartnerValue,
    "links": LinkValue,
    "images": ImageValue,
    "identifiers": IdentifierValue,
}
_ENUMS: dict[type, dict[str, type]] = {
    TextValue: {"origin": Origin},
    SectionValue: {"origin": Origin},
    TermValue: {"basis": Basis},
    PartnerValue: {"role": PartnerRole},
    LinkValue: {"kind": LinkKind},
}
_NAMES: dict[type, tuple[str, ...]] = {
    part: tuple(one.name for one in fields(part)) for part in PARTS.values()
}
_PLAIN = (*SCALARS, "registered_on_assumed", "extra")


def to_json(values: EntryValues) -> dict[str, Any]:
    """A JSON object; what is empty is left out of the parts, so that it stays small."""
    snapshot: dict[str, Any] = {"format": FORMAT}
    for name in _PLAIN:
        snapshot[name] = getattr(values, name)
    for name in PARTS:
        snapshot[name] = [_part_to_json(part) for part in getattr(values, name)]
    snapshot["collections"] = list(values.collections)
    registered = values.registered_on
    snapshot["registered_on"] = registered.isoformat() if registered else None
    return snapshot


def from_json(snapshot: dict[str, Any]) -> EntryValues:
    """The values of a snapshot; ValueError where its format is not known."""
    if snapshot.get("format") != FORMAT:
        raise ValueError(f"unknown format of a version: {snapshot.get('format')!r}")
    stated: dict[str, Any] = {name: snapshot[name] for name in _PLAIN if name in snapshot}
    for name in PARTS:
        stated[name] = tuple(read_part(name, one) for one in snapshot.get(name, ()))
    stated["collections"] = tuple(snapshot.get("collections", ()))
    registered = snapshot.get("registered_on")
    stated["registered_on"] = dt.date.fromisoformat(registered) if registered else None
    return EntryValues(**stated)


def _part_to_json(part: Any) -> dict[str, Any]:
    # the fields of a frozen value in their order; asking for each takes twice as long
    return {name: value for name, value in vars(part).items() if value is not None and value != ""}


def read_part(name: str, stated: dict[str, Any]) -> Any:
    """One of the values of ``name``, such as a link; TypeError or ValueError where it is none."""
    part = PARTS[name]
    known = {name: stated[name] for name in _NAMES[part] if name in stated}
    for name, enum in _ENUMS.get(part, {}).items():
        if name in known:
            known[name] = enum(known[name])
    for name in _REQUIRED_TEXT.get(part, ()):
        known.setdefault(name, "")
    return part(**known)


# without a default in the value class, yet left out when empty
_REQUIRED_TEXT: dict[type, tuple[str, ...]] = {
    TextValue: ("language", "title"),
    SectionValue: ("code", "language", "text"),
    TermValue: ("scheme", "code"),
    PartnerValue: ("name",),
    ImageValue: ("alt", "language"),
    IdentifierValue: ("system", "value"),
}
