"""Terms of one scheme: what a file says, as codes of the framework, and nothing that is not one."""

from collections.abc import Iterator, Mapping
from typing import Any

from stocktaking.entries.rules.acceptance import COUNT_MAX, LENGTH_MAX
from stocktaking.entries.rules.values import TermValue
from stocktaking.entries.states import Basis
from stocktaking.intake.rules.profiles.checking import VALUE
from stocktaking.intake.rules.profiles.columns import (
    REMEMBERED,
    Column,
    Items,
    Replacing,
    column,
    columns,
    shown,
    split,
)
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.framework import Framework
from stocktaking.intake.rules.profiles.model import TermRule
from stocktaking.intake.rules.profiles.tags import tag_of

Data = Mapping[str, Any]


class Lookup:
    """What words mean in a scheme: by the map of a profile, else by the framework."""

    def __init__(self, scheme: str, values: Mapping[str, str], framework: Framework) -> None:
        self.scheme = framework.schemes.get(scheme)
        self.slug = scheme
        self.values = Replacing(values)
        self._known: dict[str, tuple[str, ...] | None] = {}

    def means(self, said: str) -> tuple[str, ...] | None:
        """Its codes: one; none or several where it is no single term; None for nothing said."""
        try:
            return self._known[said]
        except KeyError:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[said] = self._look(said)
            return found

    def _look(self, said: str) -> tuple[str, ...] | None:
        meant = self.values.get(said)
        if meant is not None:
            return (meant,) if meant else None
        return self.scheme.means(said) if self.scheme else ()

    def is_heading(self, code: str) -> bool:
        return self.scheme is not None and self.scheme.is_heading(code)

    def code(self, said: str, column: str, draft: Draft, unknown: str = "report") -> str:
        """The code of a word, or "" where it is none; that is told as the profile wants it."""
        found = self.means(said)
        if found is None:
            return ""
        if len(found) == 1 and not self.is_heading(found[0]):
            return found[0]
        if unknown == "leave":
            return ""
        problem = "term_is_heading" if len(found) == 1 else "term_ambiguous"
        params = {"scheme": self.slug, "value": shown(said)}
        if len(found) > 1:
            params["codes"] = ", ".join(found)
        tell = draft.fault if unknown == "refuse" else draft.note
        tell(problem if found else "term_unknown", column, **params)
        draft.unknown.append((self.slug, shown(said)))
        if unknown == "keep":
            draft.keep(self.slug, said)
        return ""


class TermsRule:
    """Puts the terms of one rule into a draft."""

    def __init__(self, rule: TermRule, framework: Framework) -> None:
        self.rule = rule
        self.lookup = Lookup(rule.scheme, rule.values, framework)
        self.columns = columns(rule.columns)
        self.items = Items(rule.each, rule.when)
        self.basis = column(rule.basis_column)
        self.by_value = VALUE in rule.note
        self.note = None if self.by_value else column(rule.note)
        self.note_language = column(rule.note_language_column)
        self._notes: dict[str, Column | None] = {}

    def __call__(self, data: Data, draft: Draft) -> None:
        if self.rule.constants and self.items.asked(data):
            for code in self.rule.constants:
                draft.term(TermValue(self.rule.scheme, code, self.rule.basis), "")
        for item in self.items.of(data):
            self._take(item, draft)

    def _take(self, data: Data, draft: Draft) -> None:
        note = self._checked(self.note, data, draft) if self.note else ""
        for one in self.columns:
            at = self.items.place(one.name)
            for text in one.texts(data):
                for said, code in self._codes(text, at, draft):
                    own = self._own_note(said, data, draft) if self.by_value else note
                    draft.term(self._term(code, own, data, draft), at)
                    note = ""

    def _codes(self, text: str, at: str, draft: Draft) -> Iterator[tuple[str, str]]:
        """The words of a cell that are terms, with their codes."""
        pieces = [text]
        if self.rule.separators:
            # a title may hold what stands between the terms elsewhere
            whole = self.lookup.means(text)
            if whole is not None and not whole:
                pieces = split(text, self.rule.separators)
        pieces = [self._part(piece) for piece in pieces]
        if len(pieces) > COUNT_MAX["terms"]:
            draft.fault("too_many", at, most=COUNT_MAX["terms"])
            return
        for piece in pieces:
            if code := self.lookup.code(piece, at, draft, self.rule.unknown):
                yield piece, code

    def _part(self, text: str) -> str:
        if self.rule.after:
            before, found, rest = text.partition(self.rule.after)
            text = rest if found else before
        if self.rule.until:
            text = text.partition(self.rule.until)[0]
        return text.strip()

    def _own_note(self, said: str, data: Data, draft: Draft) -> str:
        """The note of one word, from the column that its name stands in."""
        if said not in self._notes:
            if len(self._notes) >= REMEMBERED:
                self._notes.clear()
            try:
                self._notes[said] = Column(self.rule.note.replace(VALUE, said))
            except ValueError:
                self._notes[said] = None
        found = self._notes[said]
        return self._checked(found, data, draft) if found else ""

    def _checked(self, found: Column, data: Data, draft: Draft) -> str:
        text = found.text(data)
        most = LENGTH_MAX["note"]
        if len(text) > most:
            draft.fault("text_too_long", self.items.place(found.name), most=most, length=len(text))
        return text

    def _term(self, code: str, note: str, data: Data, draft: Draft) -> TermValue:
        language = ""
        if note:
            said = self.note_language.text(data) if self.note_language else ""
            language = tag_of(said) if said else draft.language
            if not language:
                at = self.items.place(self.rule.note_language_column)
                draft.note("language_unknown", at, value=shown(said))
                language = draft.language
        return TermValue(self.rule.scheme, code, self._basis(data, draft), note, language)

    def _basis(self, data: Data, draft: Draft) -> Basis:
        said = self.basis.text(data).lower() if self.basis else ""
        if not said:
            return self.rule.basis
        try:
            return Basis(said)
        except ValueError:
            at = self.items.place(self.rule.basis_column)
            draft.note("value_unknown", at, value=shown(said))
            return self.rule.basis
