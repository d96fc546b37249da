"""The cells of one row as what they state, with a fault for each that cannot be understood."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from stocktaking.entries.rules.edit_table import cells
from stocktaking.entries.rules.edit_table.columns import BODY, IDENTITY, Place, place_of
from stocktaking.entries.rules.edit_table.stated import Stated
from stocktaking.entries.rules.shapes import Fault
from stocktaking.entries.rules.values import (
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

E = TypeVar("E", bound=StrEnum)
NUMBER_MAX = 2**63 - 1
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0", "")


class MalformedError(Exception):
    """``code`` and ``params`` of the fault; the column is known to the caller."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Reader:
    """One row, cell by cell. ``faults`` name the columns as the file does."""

    def __init__(self) -> None:
        self.texts: dict[str, dict[str, str]] = {}
        self.sections: dict[tuple[str, str], str] = {}
        self.origins: dict[str, Origin] | None = None
        self.codes: dict[str, tuple[str, ...]] = {}
        self.bases: dict[str, dict[str, Basis]] = {}
        self.notes: dict[str, dict[str, dict[str, str]]] = {}
        self.fields: dict[str, Any] = {}
        self.about: dict[str, str] = {}  # the cells that say which entry it is, and its owner
        self.faults: list[Fault] = []

    def take(self, column: str, cell: str) -> None:
        """One more cell; columns that are none of ours are not looked at."""
        place = place_of(column)
        if place is None or cells.is_left_out(cell):
            return
        try:
            self._take(place, cells.read_text(cell))
        except MalformedError as found:
            self.faults.append(Fault(found.code, column, found.params))

    def stated(self) -> Stated:
        return Stated(
            texts=self.texts,
            sections=self.sections,
            origins=self.origins,
            codes=self.codes,
            bases=self.bases,
            notes=self.notes,
            fields=self.fields,
        )

    def _take(self, place: Place, cell: str) -> None:
        match place.kind:
            case "title" | "summary":
                self.texts.setdefault(place.language, {})[place.kind] = cell
            case "section":
                self.sections[place.item, place.language] = cell
            case "codes":
                self.codes[place.item] = cells.read_codes(cell)
            case "basis":
                self.bases[place.item] = _bases(cell)
            case "note":
                self._take_notes(place, cell)
            case "fixed" if place.item in IDENTITY or place.item in BODY:
                self.about[place.item] = cell.strip()
            case "fixed" if place.item == "origins":
                self.origins = _origins(cell)
            case _:
                self.fields[place.item] = _FIELDS[place.item](cell)

    def _take_notes(self, place: Place, cell: str) -> None:
        held = self.notes.setdefault(place.item, {})
        said: dict[str, str] = {}
        for parts in cells.read_items(cell):
            code, note = _parts(parts, 2)
            if code in said or any(code in others for others in held.values()):
                raise MalformedError("note_twice", term=code)
            said[code] = note
        held[place.language] = said


def whole_number(cell: str) -> int | None:
    """A number as a spreadsheet may write it (``12``, ``12.0``); None where there is none.

    ValueError for anything else.
    """
    said = cell.strip().removesuffix(".0")
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or not 0 < int(said) <= NUMBER_MAX:
        raise ValueError(f"not a number: {cell!r}")
    return int(said)


def read_bodies(cell: str) -> list[tuple[int | None, str, str, str]]:
    """Number, name, type and country of each organisation; MalformedError."""
    return [(_number(number), name, of, country) for number, name, of, country in _rows(cell, 4)]


def _parts(parts: list[str], most: int) -> list[str]:
    if len(parts) > most:
        raise MalformedError("item_malformed", item=_short(cells.items([parts])))
    return [*parts, *[""] * (most - len(parts))]


def _rows(cell: str, most: int) -> list[list[str]]:
    return [_parts(parts, most) for parts in cells.read_items(cell)]


def _choice(kind: type[E], said: str, default: E | None = None) -> E:
    if not said and default is not None:
        return default
    try:
        return kind(said.lower())
    except ValueError:
        known = ", ".join(one.value for one in kind)
        raise MalformedError("choice_unknown", value=_short(said), known=known) from None


def _number(said: str) -> int | None:
    try:
        return whole_number(said)
    except ValueError:
        raise MalformedError("number_malformed", value=_short(said)) from None


def _bases(cell: str) -> dict[str, Basis]:
    found: dict[str, Basis] = {}
    for said, codes in _rows(cell, 2):
        basis = _choice(Basis, said)
        for code in cells.read_codes(codes):
            if found.setdefault(code, basis) is not basis:
                raise MalformedError("basis_twice", term=code)
    return found


def _origins(cell: str) -> dict[str, Origin]:
    return {of: _choice(Origin, origin, Origin.AUTHOR) for of, origin in _rows(cell, 2)}


def _partners(cell: str) -> tuple[PartnerValue, ...]:
    return tuple(
        PartnerValue(name, _choice(PartnerRole, role, PartnerRole.PARTNER), _number(number))
        for name, role, number in _rows(cell, 3)
    )


def _links(cell: str) -> tuple[LinkValue, ...]:
    return tuple(
        LinkValue(_choice(LinkKind, kind, LinkKind.WEBSITE), url, label)
        for url, kind, label in _rows(cell, 3)
    )


def _images(cell: str) -> tuple[ImageValue, ...]:
    found = []
    for file, alt, language, credit in _rows(cell, 4):
        number = _number(file)
        if number is None:
            raise MalformedError("number_malformed", value="")
        found.append(ImageValue(number, alt, language, credit))
    return tuple(found)


def _identifiers(cell: str) -> tuple[IdentifierValue, ...]:
    return tuple(IdentifierValue(*parts) for parts in _rows(cell, 3))


def _yes(cell: str) -> bool:
    said = cell.strip().lower()
    if said not in (*_TRUE, *_FALSE):
        raise MalformedError("choice_unknown", value=_short(said), known="true, false")
    return said in _TRUE


def _day(cell: str) -> dt.date | None:
    # a spreadsheet may have made a moment of it
    said = cell.strip().removesuffix("T00:00:00").removesuffix(" 00:00:00")
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError:
        raise MalformedError("date_malformed", value=_short(said)) from None


def _date(cell: str) -> str:
    return cell.strip().removesuffix("T00:00:00").removesuffix(" 00:00:00")


def _facts(cell: str) -> dict[str, object]:
    try:
        facts = json.loads(cell) if cell.strip() else {}
    except (ValueError, RecursionError):
        raise MalformedError("facts_malformed") from None
    if not isinstance(facts, dict):
        raise MalformedError("facts_malformed")
    return facts


def _short(said: str) -> str:
    return said if len(said) <= 60 else f"{said[:59]}…"


_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "original_language": str.strip,
    "partners": _partners,
    "worldwide": _yes,
    "start": _date,
    "end": _date,
    "website": str.strip,
    "links": _links,
    "images": _images,
    "identifiers": _identifiers,
    "collections": cells.read_codes,
    "licence": str.strip,
    "attribution": str.strip,
    "source": str.strip,
    "registered_on": _day,
    "registered_on_assumed": _yes,
    "extra": _facts,
}
