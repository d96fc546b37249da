"""The format of profile files: which keys each table has, and what may stand behind them."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole
from stocktaking.intake.rules.profiles import model
from stocktaking.kernel.periods import PRECISIONS
from stocktaking.kernel.reading import FileKind, Reading

OWNER = "owner"
ROLES = (OWNER, *(role.value for role in PartnerRole))
MENDING = {"html": ("report", "text"), "mojibake": ("report", "repair")}


class Kind(Enum):
    """What stands behind a key."""

    TEXT = "text"
    PATH = "path"  # of a column
    LIST = "list"  # of texts; one text is a list of one
    PATHS = "paths"
    FLAG = "flag"
    NUMBER = "number"
    MAP = "map"  # texts by text
    PATH_MAP = "path map"  # paths by text
    NUMBER_MAP = "number map"
    LIST_MAP = "list map"  # lists of texts by path


@dataclass(frozen=True)
class Key:
    """``choices`` are the only texts allowed, where there are any; ``most`` limits a text's length
    or a number."""

    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    most: int = 0
    needed: bool = False


@dataclass(frozen=True)
class Table:
    """One table of the file; ``many`` tables of this name stand in a row (``[[fields]]``)."""

    name: str
    of: Callable[..., Any]
    keys: Mapping[str, Key]
    many: bool = False


def _choice(values: Any) -> Key:
    return Key(choices=tuple(str(getattr(value, "value", value)) for value in values))


_PATH, _PATHS, _LIST = Key(Kind.PATH), Key(Kind.PATHS), Key(Kind.LIST)
_MAP, _FLAG, _WHEN = Key(Kind.MAP), Key(Kind.FLAG), Key(Kind.LIST_MAP)

_PREFIX = Key(choices=("https://", "http://"))

HEAD: Mapping[str, Key] = {
    "format": Key(Kind.NUMBER, needed=True),
    "slug": Key(most=40, needed=True),
    "version": Key(Kind.NUMBER, most=1_000_000, needed=True),
    "source": Key(most=40),
    "licence": Key(most=60),
    "attribution": Key(most=300),
    "conflict": _choice(model.CONFLICT),
    "publish": _FLAG,
    "suggest": _FLAG,
    "recognises": _PATHS,
    "ignored": _PATHS,
    "title": Key(Kind.MAP, needed=True),
    "notice": _MAP,
}

READING = Table(
    "reading",
    Reading,
    {
        "kind": _choice(FileKind),
        "encodings": _LIST,
        "mixed": _FLAG,
        "delimiter": Key(most=1),
        "sheet": Key(most=100),
        "header": Key(Kind.NUMBER, most=1_000_000),
        "record": Key(most=100),
        "html": _choice(MENDING["html"]),
        "mojibake": _choice(MENDING["mojibake"]),
        "empty": _LIST,
        "unguard": _FLAG,
        "returns": _choice(("line", "text")),
    },
)

IDENTITY = Table(
    "identity",
    model.Identity,
    {
        "system": Key(most=60),
        "columns": _PATHS,
        "url": _PATH,
        "number": _PATH,
        "version": _PATH,
    },
)

LANGUAGE = Table(
    "language",
    model.LanguageRule,
    {"columns": _PATHS, "values": _MAP, "default": Key()},
)

FIELDS = Table(
    "fields",
    model.FieldRule,
    {
        "to": Key(needed=True),
        "columns": _PATHS,
        "each": _PATH,
        "value": Key(most=50_000),
        "language": Key(),
        "language_column": _PATH,
        "code_column": _PATH,
        "join": _FLAG,
        "separators": _LIST,
        "order": _choice(model.ORDERS),
        "precision": _choice(PRECISIONS),
        "months": Key(Kind.NUMBER_MAP, most=12),
        "values": _MAP,
        "origin": _choice(Origin),
        "origin_column": _PATH,
        "cut": Key(Kind.NUMBER, most=50_000),
        "whole": _FLAG,
        "prefix": _PREFIX,
        "faulty": _choice(model.FAULTY),
        "when": _WHEN,
    },
    many=True,
)

TERMS = Table(
    "terms",
    model.TermRule,
    {
        "scheme": Key(needed=True),
        "columns": _PATHS,
        "each": _PATH,
        "constants": _LIST,
        "values": _MAP,
        "separators": _LIST,
        "after": Key(),
        "until": Key(),
        "basis": _choice(Basis),
        "basis_column": _PATH,
        "note": _PATH,
        "note_language_column": _PATH,
        "unknown": _choice(model.UNKNOWN),
        "when": _WHEN,
    },
    many=True,
)

ORGANISATIONS = Table(
    "organisations",
    model.OrganisationRule,
    {
        "role": _choice(ROLES),
        "role_column": _PATH,
        "roles": _MAP,
        "each": _PATH,
        "name": _PATH,
        "country": _PATH,
        "type": _PATH,
        "types": _MAP,
        "website": _PATH,
        "identifiers": Key(Kind.PATH_MAP),
        "number": _PATH,
        "separators": _LIST,
        "nobody": _LIST,
        "value": Key(most=300),
        "further": _choice(PartnerRole),
        "when": _WHEN,
    },
    many=True,
)

LINKS = Table(
    "links",
    model.LinkRule,
    {
        "kind": _choice(LinkKind),
        "kind_column": _PATH,
        "columns": _PATHS,
        "each": _PATH,
        "label": _PATH,
        "separators": _LIST,
        "prefix": _PREFIX,
        "faulty": _choice(model.FAULTY),
        "when": _WHEN,
    },
    many=True,
)

IDENTIFIERS = Table(
    "identifiers",
    model.IdentifierRule,
    {
        "system": Key(most=60),
        "system_column": _PATH,
        "columns": _PATHS,
        "each": _PATH,
        "url": _PATH,
        "when": _WHEN,
    },
    many=True,
)

TABLES: tuple[Table, ...] = (
    READING,
    IDENTITY,
    LANGUAGE,
    FIELDS,
    TERMS,
    ORGANISATIONS,
    LINKS,
    IDENTIFIERS,
)


def default(of: Callable[..., Any], name: str) -> Any:
    """What holds where the key does not stand there."""
    found = next(f for f in dataclasses.fields(of) if f.name == name)  # type: ignore[arg-type]
    if found.default_factory is not dataclasses.MISSING:
        return found.default_factory()
    return "" if found.default is dataclasses.MISSING else found.default
