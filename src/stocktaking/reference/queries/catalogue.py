"""The whole framework as frozen values: cheap to read in templates, facets and exports."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from stocktaking.kernel import languages
from stocktaking.reference.rules.colours import text_colour

Texts = dict[str, str]


def pick(texts: Texts, language: str) -> str:
    """The text in this language, else in the next best one, else an empty string."""
    for code in languages.fallbacks(language):
        if texts.get(code):
            return texts[code]
    return next(iter(texts.values()), "")


@dataclass(frozen=True, eq=False)
class TermView:
    """One term. ``title`` and ``short`` already carry the operator's overrides."""

    id: int
    scheme: str
    code: str
    order: int
    assignable: bool
    parent: str | None
    title: Texts
    short: Texts
    title_status: Texts
    colour: str
    facts: dict[str, object]
    position: int  # among the assignable terms of the scheme, from 0; -1 where not assignable
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def label(self, language: str | None = None) -> str:
        """The full title in a language (default: of the request)."""
        return pick(self.title, language or languages.current().code)

    def short_label(self, language: str | None = None) -> str:
        """The short title for row heads and chips; the full one where none is known."""
        language = language or languages.current().code
        # the full title in this language says more than a short one in another
        return (
            self.short.get(language)
            or self.title.get(language)
            or pick(self.short or self.title, language)
        )

    def named(self, language: str | None = None) -> str:
        """The label, after the code where people use it as a name: a number, as in C7 or 4."""
        code = self.group_code
        used = "_" not in code and any(letter.isdigit() for letter in code)
        return f"{code} {self.label(language)}" if used else self.label(language)

    def is_official(self, language: str | None = None) -> bool:
        return self.title_status.get(language or languages.current().code) == "official"

    @property
    def text_colour(self) -> str:
        """Ink that is readable on ``colour`` (4.5:1 or the better of two)."""
        return text_colour(self.colour) if self.colour else ""

    @property
    def css(self) -> str:
        """Class name that carries this term's colours in the generated style sheet."""
        return f"t-{self.scheme}-{self.code.lower()}"

    @property
    def group_code(self) -> str:
        """What stands before the name: the parent's code for a sub-line, else its own."""
        return self.parent or self.code

    def __str__(self) -> str:
        return self.label()


@dataclass(frozen=True, eq=False)
class SchemeView:
    """A scheme with its terms in order; iterating yields the assignable ones."""

    id: int
    slug: str
    title: Texts
    plural: Texts
    order: int
    facet: bool
    many: bool
    noted: bool
    retired_on: dt.date | None
    sources: tuple[str, ...]
    terms: tuple[TermView, ...]
    by_code: dict[str, TermView] = field(repr=False)
    direct: bool = True  # stated of entries; False: follows from something else (regions)
    noun: str = ""

    def label(self, language: str | None = None) -> str:
        return pick(self.title, language or languages.current().code)

    def plural_label(self, language: str | None = None) -> str:
        return pick(self.plural or self.title, language or languages.current().code)

    @property
    def assignable(self) -> tuple[TermView, ...]:
        return tuple(term for term in self.terms if term.assignable)

    def get(self, code: str) -> TermView | None:
        """The term of this code, upper and lower case alike."""
        return self.by_code.get(code) or self._any_case.get(code.lower())

    @cached_property
    def _any_case(self) -> dict[str, TermView]:
        return {code.lower(): term for code, term in self.by_code.items()}

    def children(self, parent: TermView) -> tuple[TermView, ...]:
        """The terms right below this one, in order."""
        return tuple(term for term in self.terms if term.parent == parent.code)

    def ancestors(self, term: TermView) -> tuple[TermView, ...]:
        """The terms above this one, the nearest first."""
        found: list[TermView] = []
        above = self.by_code.get(term.parent or "")
        while above is not None and above not in found:
            found.append(above)
            above = self.by_code.get(above.parent or "")
        return tuple(found)

    def __iter__(self) -> Iterator[TermView]:
        return iter(self.assignable)

    def __str__(self) -> str:
        return self.label()


@dataclass(frozen=True, eq=False)
class LinkView:
    row: TermView
    column: TermView
    targets: tuple[str, ...]
    rationale: Texts
    note: str

    def reason(self, language: str | None = None) -> str:
        return pick(self.rationale, language or languages.current().code)


@dataclass(frozen=True, eq=False)
class CrosswalkView:
    slug: str
    title: Texts
    rows: SchemeView
    columns: SchemeView
    primary: bool
    year: int | None
    sources: tuple[str, ...]
    links: dict[tuple[str, str], LinkView]  # by codes of row and column

    def label(self, language: str | None = None) -> str:
        return pick(self.title, language or languages.current().code)

    def link(self, row: str, column: str) -> LinkView | None:
        return self.links.get((row, column))


@dataclass(frozen=True, eq=False)
class Membership:
    group: int
    member: int
    valid_from: dt.date | None
    valid_to: dt.date | None
    basis: str
    remark: str = ""

    def holds(self, on: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything a framework states, at one revision."""

    revision: int
    schemes: dict[str, SchemeView]
    terms: dict[int, TermView]
    crosswalks: dict[str, CrosswalkView]
    memberships: tuple[Membership, ...] = field(repr=False)
    _groups: dict[int, tuple[Membership, ...]] = field(repr=False)
    _members: dict[int, tuple[Membership, ...]] = field(repr=False)

    def scheme(self, slug: str) -> SchemeView | None:
        return self.schemes.get(slug)

    def term(self, scheme: str, code: str) -> TermView | None:
        found = self.schemes.get(scheme)
        return found.get(code) if found else None

    def facets(self) -> list[SchemeView]:
        """Schemes offered as filters, in order, the retired ones left out."""
        return [s for s in self.schemes.values() if s.facet and s.retired_on is None]

    def direct(self) -> list[SchemeView]:
        """Schemes whose terms an entry carries itself, in order, the retired ones left out."""
        return [s for s in self.schemes.values() if s.direct and s.retired_on is None]

    def grid(self) -> CrosswalkView | None:
        """The primary crosswalk: the grid that the whole site is drawn on."""
        return next((c for c in self.crosswalks.values() if c.primary), None)

    def groups_of(self, term: TermView, *, scheme: str, on: dt.date) -> list[TermView]:
        """Groups of one scheme that a term belongs to on a day (region of a country ...)."""
        held = (self.terms[m.group] for m in self._groups.get(term.id, ()) if m.holds(on))
        return [group for group in held if group.scheme == scheme]

    def members_of(self, group: TermView, *, on: dt.date) -> list[TermView]:
        """Terms that belong to a group on a day, in the order of their scheme."""
        found = [self.terms[m.member] for m in self._members.get(group.id, ()) if m.holds(on)]
        return sorted(found, key=lambda term: (term.order, term.code))
