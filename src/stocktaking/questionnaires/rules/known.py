"""What exists around answers, as plain values that the rules can ask."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

COUNTRIES = "country"  # the scheme whose terms are countries
STAKEHOLDERS = "stakeholder"  # and that of the types of organisations


@dataclass(frozen=True)
class TermFacts:
    assignable: bool = True
    retired: bool = False


@dataclass(frozen=True)
class SchemeFacts:
    terms: Mapping[str, TermFacts]
    retired: bool = False


@dataclass(frozen=True)
class FileFacts:
    media_type: str
    size: int  # bytes
    picture: bool = False  # it was drawn again and may be shown


@dataclass(frozen=True)
class Known:
    """``schemes`` are those that questions ask for, besides countries and types."""

    today: dt.date
    schemes: Mapping[str, SchemeFacts] = field(default_factory=dict)
    organisations: Collection[int] = ()
    files: Mapping[int, FileFacts] = field(default_factory=dict)
