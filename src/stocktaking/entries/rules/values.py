"""All that an entry says, as plain values: what forms, imports and versions share."""

import datetime as dt
from dataclasses import dataclass, field

from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

TITLE_MAX = 500
TEXT_MAX = 50_000


@dataclass(frozen=True)
class TextValue:
    """Title and summary in one language."""

    language: str
    title: str
    summary: str = ""
    origin: Origin = Origin.AUTHOR


@dataclass(frozen=True)
class SectionValue:
    """A longer text; ``code`` is a term of the scheme ``section``."""

    code: str
    language: str
    text: str
    origin: Origin = Origin.AUTHOR


@dataclass(frozen=True)
class TermValue:
    """A term by scheme and code; countries it works in are terms of ``country``."""

    scheme: str
    code: str
    basis: Basis = Basis.EDITOR
    note: str = ""
    note_language: str = ""


@dataclass(frozen=True)
class PartnerValue:
    name: str
    role: PartnerRole = PartnerRole.PARTNER
    organisation: int | None = None


@dataclass(frozen=True)
class LinkValue:
    kind: LinkKind
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class ImageValue:
    """A stored image by the number of its file; every image says what it shows."""

    file: int
    alt: str
    language: str
    credit: str = ""


@dataclass(frozen=True)
class IdentifierValue:
    system: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class EntryValues:
    """The content of one entry. Dates are written YYYY, YYYY-MM or YYYY-MM-DD, or empty."""

    original_language: str
    texts: tuple[TextValue, ...]
    organisation: int | None = None
    sections: tuple[SectionValue, ...] = ()
    terms: tuple[TermValue, ...] = ()
    worldwide: bool = False
    start: str = ""
    end: str = ""
    website: str = ""
    licence: str = ""
    attribution: str = ""
    partners: tuple[PartnerValue, ...] = ()
    links: tuple[LinkValue, ...] = ()
    images: tuple[ImageValue, ...] = ()
    identifiers: tuple[IdentifierValue, ...] = ()
    collections: tuple[str, ...] = ()  # slugs
    source: str = ""  # slug of a Source
    registered_on: dt.date | None = None
    registered_on_assumed: bool = False
    extra: dict[str, object] = field(default_factory=dict)  # facts a later app keeps here

    def original(self) -> TextValue:
        """The text in the original language."""
        return next(t for t in self.texts if t.language == self.original_language)


# what an entry says once, as a plain value
SCALARS = (
    "original_language",
    "organisation",
    "worldwide",
    "start",
    "end",
    "website",
    "licence",
    "attribution",
    "source",
)
