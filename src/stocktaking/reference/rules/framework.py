"""A framework as its files state it, and what can be wrong with them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

Texts = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which file, where in it, and which rule it breaks.

    ``path`` reads like ``terms[3].title.fr``; ``detail`` holds what the message names.
    """

    code: str
    file: str
    path: str = ""
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TermFile:
    code: str
    order: int
    parent: str | None
    assignable: bool
    title: Texts
    short: Texts
    title_status: Texts
    title_source: Texts
    colour: str
    facts: dict[str, Any]
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True)
class SchemeFile:
    slug: str
    order: int
    noun: str
    title: Texts
    plural: Texts
    facet: bool
    direct: bool
    many: bool
    noted: bool
    hierarchical_display: bool
    retired_on: dt.date | None
    sources: tuple[str, ...]
    terms: tuple[TermFile, ...]


@dataclass(frozen=True)
class MembershipFile:
    """``group`` and ``member`` are (scheme, code)."""

    group: tuple[str, str]
    member: tuple[str, str]
    valid_from: dt.date | None
    valid_to: dt.date | None
    basis: str
    remark: str
    file: str = ""  # where it is stated, for messages
    path: str = ""


@dataclass(frozen=True)
class LinkFile:
    row: str
    column: str
    targets: tuple[str, ...]
    rationale: Texts
    note: str


@dataclass(frozen=True)
class CrosswalkFile:
    slug: str
    title: Texts
    rows: str
    columns: str
    primary: bool
    year: int | None
    sources: tuple[str, ...]
    links: tuple[LinkFile, ...]


@dataclass(frozen=True)
class Framework:
    """Everything that the files of one folder state, checked."""

    slug: str
    version: str
    title: Texts
    languages: tuple[str, ...]
    schemes: tuple[SchemeFile, ...]
    memberships: tuple[MembershipFile, ...]
    crosswalks: tuple[CrosswalkFile, ...]
