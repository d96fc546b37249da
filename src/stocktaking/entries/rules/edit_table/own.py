"""A row or document that this register, or another one of its kind, once exported."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from stocktaking.entries.rules.edit_table.reading import (
    MalformedError,
    Reader,
    read_bodies,
    whole_number,
)
from stocktaking.entries.rules.edit_table.stated import EMPTY, Stated
from stocktaking.entries.rules.shapes import Fault
from stocktaking.entries.rules.values import EntryValues, IdentifierValue

SYSTEM = "stocktaking:"
SYSTEM_MAX = 60  # characters
KEY_LENGTH = 10
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")


def key_of(number: int, created_at: dt.datetime) -> str:
    """Letters that tell an entry from one of the same number in another database.

    They are no secret. Letters alone: a spreadsheet makes no number or date of them.
    """
    since = created_at - EPOCH
    moment = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return sha256(b"%d %d" % (number, moment)).hexdigest()[:KEY_LENGTH].translate(_LETTERS)


@dataclass(frozen=True)
class Owner:
    """An organisation as the file says it; the number is one of the register it is from."""

    number: int | None = None
    name: str = ""
    type: str = ""  # code
    country: str = ""  # code


@dataclass(frozen=True)
class OwnRow:
    """Which entry in which state it was taken from, and what is stated of it.

    ``register`` is the host of the register, ``key`` tells its entry (``key_of``); both may be
    empty in a table made by hand, and so may ``version``: the newest is meant then. A row
    without ``number`` is a new entry.
    """

    stated: Stated
    number: int | None = None
    version: int | None = None
    key: str = ""
    register: str = ""
    state: str = ""
    owner: Owner = Owner()
    bodies: tuple[Owner, ...] = ()  # organisations that partners are

    def fits(self, number: int, created_at: dt.datetime, register: str) -> bool:
        """Whether entry ``number`` of this database, ``register``, is the one it is about."""
        if self.number != number:
            return False
        if self.key:
            return self.key == key_of(number, created_at)
        return self.register in ("", register)

    @property
    def identity(self) -> IdentifierValue | None:
        """What identifies it in other registers: its number in the one it is from."""
        if self.number is None or not self.register:
            return None
        return IdentifierValue(system_of(self.register), str(self.number))

    def on(self, base: EntryValues) -> EntryValues:
        """The base with what the row states; numbers in it are those of this register."""
        return self.stated.on(base)

    def elsewhere(self, base: EntryValues = EMPTY) -> EntryValues:
        """The same for a row of another register: numbers of organisations and files mean
        nothing here, and the row's own number is one of the entry's identifiers."""
        found = self.stated.on(base)
        identity = self.identity
        others = tuple(one for one in found.identifiers if one != identity)
        return replace(
            found,
            organisation=base.organisation,
            partners=tuple(replace(one, organisation=None) for one in found.partners),
            images=base.images,
            # the first is the one whose last statement imports compare with
            identifiers=(identity, *others) if identity else others,
        )


def read_row(data: Mapping[str, str]) -> tuple[OwnRow, list[Fault]]:
    """A row of an edit table by its columns; every fault of its cells, named by the column."""
    reader = Reader()
    for column, cell in data.items():
        reader.take(column, cell)
    about, faults = reader.about, reader.faults
    numbers: dict[str, int | None] = {}
    for column in ("number", "version", "organisation_number"):
        try:
            numbers[column] = whole_number(about.get(column, ""))
        except ValueError:
            faults.append(Fault("number_malformed", column, {"value": about[column][:60]}))
    if "organisation_number" in about:
        reader.fields["organisation"] = numbers.get("organisation_number")
    try:
        bodies = read_bodies(about.get("organisations", ""))
    except MalformedError as found:
        faults.append(Fault(found.code, "organisations", found.params))
        bodies = []
    row = OwnRow(
        stated=reader.stated(),
        number=numbers.get("number"),
        version=numbers.get("version"),
        key=about.get("key", "").lower(),
        register=about.get("register", "").lower(),
        state=about.get("state", ""),
        owner=Owner(
            number=numbers.get("organisation_number"),
            name=about.get("organisation", ""),
            type=about.get("organisation_type", ""),
            country=about.get("organisation_country", ""),
        ),
        bodies=tuple(Owner(*one) for one in bodies),
    )
    return row, faults


def system_of(register: str) -> str:
    """The system of identifiers that a register's numbers are."""
    system = f"{SYSTEM}{register}"
    if len(system) <= SYSTEM_MAX:
        return system
    tail = sha256(register.encode()).hexdigest()[:12]
    return f"{system[: SYSTEM_MAX - 13]}-{tail}"
