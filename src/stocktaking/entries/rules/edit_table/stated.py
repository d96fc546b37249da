"""What one row or document says of an entry, and what follows from it for the entry's content."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stocktaking.entries.rules.edit_table.writing import HIDDEN
from stocktaking.entries.rules.values import EntryValues, SectionValue, TermValue, TextValue
from stocktaking.entries.states import Basis, Origin

EMPTY = EntryValues(original_language="", texts=())


@dataclass(frozen=True)
class Stated:
    """The parts that are spoken of; what is not in here stays as it is.

    ``texts``: language -> ``title`` and ``summary``, or one of them. ``sections``: code and
    language -> text. ``origins``: ``fr`` or ``description.fr`` -> who wrote it; with it, what is
    not named was written by its author. ``codes``, ``bases``, ``notes`` are by scheme; notes
    further by language, then code. ``fields`` are whole fields of ``EntryValues``.
    """

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sections: Mapping[tuple[str, str], str] = field(default_factory=dict)
    origins: Mapping[str, Origin] | None = None
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bases: Mapping[str, Mapping[str, Basis]] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)

    def recoded(self, code_of: Callable[[str, str], str]) -> "Stated":
        """The same with other codes of terms: ``code_of(scheme, said)``."""
        return replace(
            self,
            codes={
                scheme: tuple(dict.fromkeys(code_of(scheme, code) for code in codes))
                for scheme, codes in self.codes.items()
            },
            bases={
                scheme: {code_of(scheme, code): basis for code, basis in said.items()}
                for scheme, said in self.bases.items()
            },
            notes={
                scheme: {
                    language: {code_of(scheme, code): note for code, note in said.items()}
                    for language, said in columns.items()
                }
                for scheme, columns in self.notes.items()
            },
        )

    def names(self) -> frozenset[str]:
        """The parts that are spoken of, as imports name them: ``texts.fr.title``, ``start``.

        What the half of a part says (who says so, a note) needs the base, and is not among them.
        """
        found = {f"texts.{of}.{half}" for of, said in self.texts.items() for half in said}
        found |= {f"sections.{code}.{language}.text" for code, language in self.sections}
        found |= {f"terms.{scheme}" for scheme in self.codes}
        if self.origins is not None:
            found |= {f"texts.{of}.origin" for of in self.texts}
            found |= {f"sections.{code}.{language}.origin" for code, language in self.sections}
        return frozenset(found | set(self.fields))

    def astray(self, base: EntryValues) -> Iterator[tuple[str, str]]:
        """Column and item of what is said of a term or text that is not there and never was."""
        now = self.on(base)
        terms = {(term.scheme, term.code) for one in (base, now) for term in one.terms}
        for scheme, bases in self.bases.items():
            yield from ((f"terms.{scheme}.basis", c) for c in bases if (scheme, c) not in terms)
        for scheme, columns in self.notes.items():
            for language, said in columns.items():
                at = f"terms.{scheme}.note" + (f".{language}" if language else "")
                yield from ((at, code) for code in said if (scheme, code) not in terms)
        texts = {text.language for one in (base, now) for text in one.texts}
        texts |= {f"{s.code}.{s.language}" for one in (base, now) for s in one.sections}
        yield from (("origins", of) for of in self.origins or () if of not in texts)

    def on(self, base: EntryValues) -> EntryValues:
        """The base with what is stated; parts that both have keep their place in the base."""
        whole = dict(self.fields)
        if "extra" in whole:
            kept = {name: fact for name, fact in base.extra.items() if name in HIDDEN}
            whole["extra"] = {**whole["extra"], **kept}
        whole.setdefault("texts", self._texts(base.texts))
        whole.setdefault("sections", self._sections(base.sections))
        whole.setdefault("terms", self._terms(base.terms))
        return replace(base, **whole)

    def _texts(self, held: tuple[TextValue, ...]) -> tuple[TextValue, ...]:
        found = {text.language: text for text in held}
        for language, said in self.texts.items():
            text = found.get(language, TextValue(language, ""))
            title, summary = said.get("title", text.title), said.get("summary", text.summary)
            found[language] = replace(text, title=title, summary=summary)
        texts = (replace(t, origin=self._origin(t.language, t.origin)) for t in found.values())
        return tuple(text for text in texts if text.title or text.summary)

    def _sections(self, held: tuple[SectionValue, ...]) -> tuple[SectionValue, ...]:
        found = {(section.code, section.language): section for section in held}
        for (code, language), text in self.sections.items():
            section = found.get((code, language), SectionValue(code, language, ""))
            found[code, language] = replace(section, text=text)
        return tuple(
            replace(s, origin=self._origin(f"{s.code}.{s.language}", s.origin))
            for s in found.values()
            if s.text
        )

    def _origin(self, of: str, held: Origin) -> Origin:
        return held if self.origins is None else self.origins.get(of, Origin.AUTHOR)

    def _terms(self, held: tuple[TermValue, ...]) -> tuple[TermValue, ...]:
        by_scheme: dict[str, list[TermValue]] = {}
        for term in held:
            by_scheme.setdefault(term.scheme, []).append(term)
        stated = dict.fromkeys((*by_scheme, *self.codes))
        now = {scheme: self._of_scheme(scheme, by_scheme.get(scheme, [])) for scheme in stated}
        return tuple(_in_places(held, now))

    def _of_scheme(self, scheme: str, held: list[TermValue]) -> list[TermValue]:
        before = {term.code: term for term in held}
        codes = self.codes.get(scheme, tuple(before))
        bases = self.bases.get(scheme, {})
        found = []
        for code in codes:
            term = before.get(code, TermValue(scheme, code, Basis.EDITOR))
            term = replace(term, basis=bases.get(code, term.basis))
            found.append(self._with_note(term))
        return found

    def _with_note(self, term: TermValue) -> TermValue:
        columns = self.notes.get(term.scheme, {})
        for language, said in columns.items():
            if term.code in said:
                return replace(term, note=said[term.code], note_language=language)
        if term.note_language in columns:
            return replace(term, note="", note_language="")
        return term


def _in_places(
    held: Iterable[TermValue], now: Mapping[str, list[TermValue]]
) -> Iterable[TermValue]:
    """Each scheme's terms where the first of them stood, and in between as far as they stay."""
    left = {scheme: list(terms) for scheme, terms in now.items()}
    for term in held:
        if left[term.scheme]:
            yield left[term.scheme].pop(0)
    for terms in left.values():
        yield from terms
