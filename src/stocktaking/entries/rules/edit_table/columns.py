"""The columns of an edit table: how they are named, in which order, and what a name means.

Names do not depend on the language of the reader. Texts have one column for each language,
schemes one for their codes, one for who says so, and one for the notes in each language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stocktaking.entries.rules.tidy import language_tag

Kind = Literal["fixed", "title", "summary", "section", "codes", "basis", "note"]

IDENTITY = ("number", "version", "key", "register", "state")
HEAD = (*IDENTITY, "original_language")
BODY = (
    "organisation_number",
    "organisation",
    "organisation_type",
    "organisation_country",
    "organisations",
)
TAIL = (
    "origins",
    *BODY[:-1],
    "partners",
    BODY[-1],
    "worldwide",
    "start",
    "end",
    "website",
    "links",
    "images",
    "identifiers",
    "collections",
    "licence",
    "attribution",
    "source",
    "registered_on",
    "registered_on_assumed",
    "extra",
)
FIXED = frozenset((*HEAD, *TAIL))


@dataclass(frozen=True)
class Place:
    """What a column is about. ``item`` is a section, a scheme, or the name of a fixed column."""

    kind: Kind
    item: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        if self.kind == "fixed":
            return self.item
        if self.kind in ("title", "summary"):
            return f"{self.kind}.{self.language}"
        if self.kind == "section":
            return f"section.{self.item}.{self.language}"
        scheme = f"terms.{self.item}"
        if self.kind == "codes":
            return scheme
        return f"{scheme}.{self.kind}" + (f".{self.language}" if self.language else "")


@dataclass(frozen=True)
class InUse:
    """What the entries of a table have, in order: it decides which columns there are."""

    languages: Sequence[str] = ()
    sections: Sequence[tuple[str, str]] = ()  # code, language
    schemes: Sequence[str] = ()
    notes: Sequence[tuple[str, str]] = ()  # scheme, language


def columns(use: InUse) -> list[Place]:
    """All columns in order."""
    found = [Place("fixed", name) for name in HEAD]
    for language in use.languages:
        found += [Place("title", "", language), Place("summary", "", language)]
    found += [Place("section", code, language) for code, language in use.sections]
    for scheme in use.schemes:
        found += [Place("codes", scheme), Place("basis", scheme)]
        found += [Place("note", scheme, language) for one, language in use.notes if one == scheme]
    return [*found, *(Place("fixed", name) for name in TAIL)]


def place_of(name: str) -> Place | None:
    """What a column of this name is about; None where it is none of ours."""
    name = name.strip()
    if name.lower() in FIXED:
        return Place("fixed", name.lower())
    kind, _, rest = name.partition(".")
    kind = kind.lower()
    if not rest:
        return None
    if kind in ("title", "summary"):
        return None if "." in rest else Place(kind, "", language_tag(rest))  # type: ignore[arg-type]
    if kind == "section":
        code, _, language = rest.rpartition(".")
        return Place("section", code, language_tag(language)) if code and language else None
    return _of_terms(rest.split(".")) if kind == "terms" else None


def _of_terms(parts: list[str]) -> Place | None:
    match parts:
        case [scheme] if scheme:
            return Place("codes", scheme)
        case [scheme, "basis"] if scheme:
            return Place("basis", scheme)
        case [scheme, "note"] if scheme:
            return Place("note", scheme)
        case [scheme, "note", language] if scheme and language:
            return Place("note", scheme, language_tag(language))
    return None


def column_of(field: str) -> str:
    """The column in which a fault of this field (``texts.fr.title``) is put right."""
    head, *rest = field.split(".")
    if head == "texts" and rest:
        return f"{rest[1] if len(rest) > 1 else 'title'}.{rest[0]}"
    if head == "sections" and len(rest) > 1:
        return f"section.{'.'.join(rest)}"
    if head == "terms" and rest:
        return f"terms.{rest[0]}" + (".note" if rest[-1] == "note" and len(rest) > 1 else "")
    return "organisation_number" if head == "organisation" else head
