"""What a list row and an entry page show: frozen values, texts already chosen by language."""

import datetime as dt
from dataclasses import dataclass

from stocktaking.entries.rules.freshness import vouched_on
from stocktaking.entries.states import Basis, EntryState, LinkKind, Origin, PartnerRole
from stocktaking.kernel.periods import PartialDate
from stocktaking.reference.queries import TermView


@dataclass(frozen=True)
class Said:
    """A text with its language and who wrote it; ``original`` as its author wrote it."""

    text: str
    language: str
    direction: str  # ltr or rtl
    origin: Origin
    original: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class TermMark:
    """A term on an entry. ``confirmed`` (by owner or editor) is drawn solid, else dashed."""

    term: TermView
    basis: Basis
    note: Said | None

    @property
    def confirmed(self) -> bool:
        return self.basis in (Basis.OWNER, Basis.EDITOR)


@dataclass(frozen=True)
class OrganisationRef:
    number: int
    slug: str
    name: str
    unknown: bool
    country: TermView | None
    type: TermView | None


@dataclass(frozen=True)
class EntryCard:
    """One row of a list."""

    number: int
    slug: str
    title: Said
    summary: Said
    organisation: OrganisationRef | None
    marks: dict[str, tuple[TermMark, ...]]  # by scheme slug; countries under "country"
    worldwide: bool
    starts: PartialDate | None
    ends: PartialDate | None
    registered_on: dt.date
    registered_on_assumed: bool
    original_language: str
    languages: tuple[str, ...]  # in which a title exists
    state: EntryState
    changed_at: dt.datetime
    confirmed_on: dt.date | None = None

    @property
    def vouched_on(self) -> dt.date:
        return vouched_on(self.confirmed_on, self.registered_on)

    def of(self, scheme: str) -> tuple[TermMark, ...]:
        return self.marks.get(scheme, ())


@dataclass(frozen=True)
class SectionSaid:
    code: str
    heading: TermView
    said: Said


@dataclass(frozen=True)
class PartnerRef:
    name: str
    role: PartnerRole
    organisation: OrganisationRef | None


@dataclass(frozen=True)
class LinkRef:
    kind: LinkKind
    url: str
    label: str


@dataclass(frozen=True)
class ImageRef:
    alt: Said
    credit: str
    renditions: tuple[tuple[int, int, str], ...]  # width, height, url; smallest first


@dataclass(frozen=True)
class SourceRef:
    slug: str
    title: str
    notice: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class EntryPage:
    """Everything an entry's own page shows."""

    card: EntryCard
    sections: tuple[SectionSaid, ...]
    partners: tuple[PartnerRef, ...]
    links: tuple[LinkRef, ...]
    images: tuple[ImageRef, ...]
    identifiers: tuple[tuple[str, str, str], ...]  # system, value, url
    collections: tuple[tuple[str, str], ...]  # slug, title
    source: SourceRef | None
    website: str
    licence: str
    attribution: str
    confirmed_on: dt.date | None
    published_at: dt.datetime | None
    version: int
    withdrawn_at: dt.datetime | None
    withdrawal_reason: str
    merged_into: int | None
    title_in: dict[str, Said]  # every language it has a title in
