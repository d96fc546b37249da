"""An entry in the making: rules put in what they find, notes and faults gather on the way."""

from dataclasses import dataclass, field
from typing import Any

from stocktaking.entries.rules.shapes import has_control
from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, Origin, PartnerRole
from stocktaking.intake.rules.profiles.columns import one_line, shown
from stocktaking.intake.rules.profiles.mapped import Body
from stocktaking.intake.rules.profiles.model import AS_STATED
from stocktaking.kernel.reading import Note


@dataclass
class Draft:
    """Filled by one record. ``columns`` says which column a part came from."""

    language: str
    titles: dict[str, tuple[str, Origin]] = field(default_factory=dict)
    summaries: dict[str, tuple[str, Origin]] = field(default_factory=dict)
    sections: dict[tuple[str, str], SectionValue] = field(default_factory=dict)
    terms: dict[tuple[str, str], TermValue] = field(default_factory=dict)
    single: dict[str, Any] = field(default_factory=dict)
    links: dict[LinkValue, None] = field(default_factory=dict)
    identifiers: dict[tuple[str, str], IdentifierValue] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    owner: Body | None = None
    partners: dict[tuple[str, str], Body] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def fault(self, code: str, column: str, /, **params: str | int) -> None:
        self.faults.append(Note(code, column, params))

    def note(self, code: str, column: str, /, **params: str | int) -> None:
        self.notes.append(Note(code, column, params))

    def faulty(
        self, then: str, part: str, code: str, column: str, text: str, /, **params: str | int
    ) -> None:
        """A value that cannot be used: refuse the record, or leave it out and say so."""
        if then == "refuse":
            self.fault(code, column, value=shown(text), **params)
            return
        self.note(code, column, value=shown(text), **params)
        if then == "keep":
            self.keep(part, text)

    def keep(self, part: str, text: str) -> None:
        """Keep among the additional facts what mapped to nothing, on one line."""
        text = one_line(text)
        if has_control(text, ""):
            return  # nobody could read it; what is told of it quotes it
        kept = self.extra.setdefault(AS_STATED, {}).setdefault(part, [])
        if text not in kept:
            kept.append(text)

    def term(self, stated: TermValue, column: str) -> None:
        """What a source states stands over what somebody computed; the first note stays."""
        place = (stated.scheme, stated.code)
        held = self.terms.get(place)
        self.columns.setdefault(f"terms.{stated.scheme}", column)
        if held is None:
            self.terms[place] = stated
            return
        said = held if held.note else stated
        basis = stated.basis if held.basis is Basis.SUGGESTED else held.basis
        self.terms[place] = TermValue(*place, basis, said.note, said.note_language)

    def partner(self, body: Body, column: str) -> None:
        place = (body.name, body.role)
        if place not in self.partners:
            self.columns[f"partners.{len(self.partners)}"] = column
            self.partners[place] = body

    def values(self) -> EntryValues:
        """The entry; its organisations are still to be found."""
        languages = dict.fromkeys([self.language, *self.titles])
        single = self.single
        return EntryValues(
            original_language=self.language,
            texts=tuple(
                TextValue(
                    language,
                    self.titles[language][0],
                    self.summaries.get(language, ("", Origin.AUTHOR))[0],
                    self.titles[language][1],
                )
                for language in languages
                if language in self.titles
            ),
            sections=tuple(self.sections.values()),
            terms=tuple(self.terms.values()),
            worldwide=single.get("worldwide", False),
            start=single.get("start", ""),
            end=single.get("end", ""),
            website=single.get("website", ""),
            licence=single.get("licence", ""),
            attribution=single.get("attribution", ""),
            partners=tuple(
                PartnerValue(body.name, PartnerRole(body.role)) for body in self.partners.values()
            ),
            links=tuple(self.links),
            identifiers=tuple(self.identifiers.values()),
            collections=tuple(single.get("collections", ())),
            source=single.get("source", ""),
            registered_on=single.get("registered_on"),
            registered_on_assumed=single.get("registered_on_assumed", False),
            extra=self.extra,
        )
