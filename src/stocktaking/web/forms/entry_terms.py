"""The terms of an entry: what is ticked, who says so, and how it serves a goal.

One part for every scheme at once, the countries included. It is no Django form: some
hundred boxes with a note each would cost hundreds of field objects for what is one
``getlist`` per scheme.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.rules.values import EntryValues, TermValue
from stocktaking.entries.states import Basis
from stocktaking.kernel import languages
from stocktaking.reference.queries import SchemeView, TermView
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Problem
from stocktaking.web.forms.schemes import COUNTRY, countries_named, schemes_of

BASES = [
    (Basis.EDITOR.value, _("The editor")),
    (Basis.OWNER.value, _("The owner")),
]
OTHER_BASES = {
    Basis.IMPORT.value: _("Imported, confirmed by nobody"),
    Basis.SUGGESTED.value: _("Suggested, confirmed by nobody"),
}


@dataclass
class TermRow:
    """One box."""

    scheme: SchemeView
    term: TermView
    chosen: bool = False
    basis: str = ""  # empty: as is said once for all new ones
    note: str = ""
    note_language: str = ""

    @property
    def key(self) -> str:
        return f"{self.scheme.slug}-{self.term.code}"

    @property
    def anchor(self) -> str:
        return f"id_term-{slugify(self.key)}"

    @property
    def noted(self) -> bool:
        """A note is offered; one that exists is shown in any scheme, so that none is lost."""
        return self.scheme.noted or bool(self.note)

    @property
    def confirmed(self) -> bool:
        return self.basis not in OTHER_BASES

    @property
    def bases(self) -> list[tuple[str, Any]]:
        """Who may be said to say it; "nobody yet" only where that is so now."""
        other = OTHER_BASES.get(self.basis)
        return [*BASES, *([(self.basis, other)] if other else [])]

    @property
    def note_languages(self) -> list[tuple[str, Any]]:
        held = self.note_language
        more = [(held, held)] if held and held not in languages.BY_CODE else []
        return [("", _("The original language")), *LANGUAGE_CHOICES, *more]


@dataclass
class TermBlock:
    """A scheme with its boxes, in the order of the scheme."""

    scheme: SchemeView
    rows: list[TermRow]
    errors: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"id_terms-{slugify(self.scheme.slug)}"

    @property
    def chosen(self) -> list[TermRow]:
        return [row for row in self.rows if row.chosen]


class TermsPart:
    """All schemes; ``data`` is what was typed, ``initial`` what the entry has."""

    def __init__(
        self, data: QueryDict | None = None, *, initial: EntryValues | None = None
    ) -> None:
        held = initial.terms if initial else ()
        self.blocks: dict[str, TermBlock] = {}
        said = data.get("basis_for_new", "") if data is not None else ""
        self.basis_for_new = said if said in dict(BASES) else Basis.EDITOR.value
        self.country_name = data.get("country_name", "").strip() if data is not None else ""
        self.country_error = ""
        self._order: dict[tuple[str, str], int] = {}
        for scheme in schemes_of([term.scheme for term in held]):
            rows = [TermRow(scheme, term) for term in scheme.assignable]
            self.blocks[scheme.slug] = TermBlock(scheme, rows)
        if data is None:
            self._fill_from(held)
        else:
            self._read(data)

    def _fill_from(self, held: tuple[TermValue, ...]) -> None:
        by_key = {(term.scheme, term.code): term for term in held}
        self._order = {key: place for place, key in enumerate(by_key)}
        for block in self.blocks.values():
            for row in block.rows:
                if term := by_key.get((row.scheme.slug, row.term.code)):
                    row.chosen, row.basis = True, term.basis.value
                    row.note, row.note_language = term.note, term.note_language

    def _read(self, data: QueryDict) -> None:
        for place, key in enumerate(data.get("term_order", "").split(" ")):
            scheme, _colon, code = key.partition(":")
            self._order[scheme, code] = place
        for slug, block in self.blocks.items():
            chosen = set(data.getlist(f"terms-{slug}"))
            for row in block.rows:
                row.chosen = row.term.code in chosen
                basis = data.get(f"basis-{row.key}", "")
                row.basis = basis if basis in set(Basis) else ""
                row.note = data.get(f"note-{row.key}", "")
                row.note_language = data.get(f"note_language-{row.key}", "")
        self._add_named_country()

    def _add_named_country(self) -> None:
        """Tick the country whose name was typed; say so where there is none, or several."""
        block = self.blocks.get(COUNTRY)
        if not self.country_name or block is None:
            return
        found = countries_named(self.country_name)
        if len(found) != 1:
            self.country_error = str(
                _("More than one country fits this name. Tick it in the list.")
                if found
                else _("No country has this name. Look for it in the list by region.")
            )
            return
        for row in block.rows:
            if row.term.code == found[0].code:
                row.chosen, self.country_name = True, ""

    @property
    def order(self) -> str:
        """The terms as ordered now (the main one first), for the next time this is read."""
        return " ".join(f"{t.scheme}:{t.code}" for t in self.values(""))

    def of(self, slug: str) -> TermBlock | None:
        return self.blocks.get(slug)

    @property
    def topics(self) -> list[TermBlock]:
        """Every scheme but the countries, which have a place of their own."""
        return [block for slug, block in self.blocks.items() if slug != COUNTRY]

    def values(self, original_language: str) -> tuple[TermValue, ...]:
        stated = [
            TermValue(
                scheme=row.scheme.slug,
                code=row.term.code,
                basis=Basis(row.basis or self.basis_for_new),
                note=row.note,
                note_language=(row.note_language or original_language) if row.note.strip() else "",
            )
            for block in self.blocks.values()
            for row in block.chosen
        ]
        last = len(self._order)
        return tuple(sorted(stated, key=lambda t: self._order.get((t.scheme, t.code), last)))

    def problems(self) -> Iterator[Problem]:
        if self.country_error:
            yield Problem("id_country_name", str(_("Countries")), self.country_error)
        for block in self.blocks.values():
            for message in block.errors:
                yield Problem(block.anchor, block.scheme.label(), message)
