"""The whole editor of an entry: its parts read together, judged together, shown together.

``EntryValues`` goes in and comes out; the faults that an operation finds (``texts.fr.title``,
``links.0.url`` ...) go back to the fields they are about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from stocktaking.entries.rules.values import EntryValues, SectionValue, TextValue
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.web.forms.base import Part, Problem, Rows
from stocktaking.web.forms.entry_facts import FactsForm, facts_initial
from stocktaking.web.forms.entry_rows import ROWS, ImageForm, row_initial
from stocktaking.web.forms.entry_terms import TermsPart
from stocktaking.web.forms.entry_texts import TextRows, text_initial

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """What can be chosen in the selects: pairs of value and label."""

    sources: Choices = ()
    collections: Choices = ()
    countries: Choices = ()
    types: Choices = ()


class EntryEditor:
    """Bound to what was typed (``data``) or filled from an entry (``initial``)."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        initial: EntryValues | None = None,
        offered: Offered | None = None,
        quiet: bool = False,
    ) -> None:
        offered = offered or Offered()
        self.quiet = quiet
        self.general: list[str] = []
        self.data = data
        self.facts = FactsForm(
            data,
            initial=facts_initial(initial) if initial else None,
            quiet=quiet,
            sources=offered.sources,
            collections=offered.collections,
            countries=offered.countries,
            types=offered.types,
        )
        self.terms = TermsPart(data, initial=initial)
        self.texts: Rows = TextRows(
            data,
            prefix="texts",
            initial=text_initial(initial) if initial else None,
            form_kwargs={"quiet": quiet},
        )
        rows = row_initial(initial) if initial else {}
        self.rows: dict[str, Rows] = {
            name: kind(
                data,
                files,
                prefix=name,
                initial=rows.get(name) or None,
                form_kwargs={"quiet": quiet},
            )
            for name, kind in ROWS.items()
        }

    # one name for each in templates
    @property
    def partners(self) -> Rows:
        return self.rows["partners"]

    @property
    def links(self) -> Rows:
        return self.rows["links"]

    @property
    def identifiers(self) -> Rows:
        return self.rows["identifiers"]

    @property
    def images(self) -> Rows:
        return self.rows["images"]

    @property
    def original(self) -> int:
        """Place of the row with the original text."""
        typed = str(self.facts.typed("original") or "0")
        place = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
        return place if place < len(self.texts.forms) else 0

    def is_valid(self) -> bool:
        """Whether everything has a shape that an operation can judge."""
        # every part is judged, so that all there is to put right is told at once
        rows = [self.texts, *self.rows.values()]
        judged = [self.facts.is_valid(), *(part.is_valid() for part in rows)]
        return all(judged) and not self.terms.country_error

    def values(self, base: EntryValues | None = None) -> EntryValues:
        """What was typed. What this form does not show is taken from ``base``."""
        original = self.original_language
        texts, sections = self._texts()
        stated = self.facts.stated() | {
            "original_language": original,
            "texts": texts,
            "sections": sections,
            "terms": self.terms.values(original),
            "partners": tuple(form.value() for form in self.partners.filled_forms()),
            "links": tuple(form.value() for form in self.links.filled_forms()),
            "identifiers": tuple(form.value() for form in self.identifiers.filled_forms()),
            "images": tuple(form.value(original) for form in self.ordered_images()),
        }
        return replace(base, **stated) if base else EntryValues(**stated)

    @property
    def original_language(self) -> str:
        if not self.texts.forms:
            return ""
        return str(self.texts.forms[self.original].typed("language") or "")

    def _texts(self) -> tuple[tuple[TextValue, ...], tuple[SectionValue, ...]]:
        filled = self.texts.filled_forms()
        sections = [section for form in filled for section in form.section_values()]
        return tuple(form.text_value() for form in filled), tuple(sections)

    def ordered_images(self) -> list[ImageForm]:
        """Stored pictures by the place that was asked for; without one, as they stand."""
        stored = [form for form in self.images.filled_forms() if form.cleaned_data.get("file")]
        return sorted(stored, key=lambda form: form.cleaned_data.get("order") or 100)

    def problems(self) -> Iterator[Problem]:
        """All there is to put right, in the order of the page."""
        yield from (Problem("", "", message) for message in self.general)
        yield from self.texts.problems()
        yield from self.facts.problems()
        yield from self.terms.problems()
        for rows in self.rows.values():
            yield from rows.problems()

    def refuse(self, broken: RuleBroken) -> None:
        """Put what an operation refused where it can be put right."""
        for one in broken.errors if isinstance(broken, RulesBroken) else [broken]:
            if not self._place(one.field or "", str(one)):
                self.general.append(str(one))

    def _place(self, name: str, message: str) -> bool:
        head, *rest = name.split(".")
        if head == "texts" and rest:
            return self._place_text(rest[0], rest[1] if len(rest) > 1 else "language", message)
        if head == "sections" and len(rest) == 2:
            return self._place_text(rest[1], f"section-{rest[0]}", message)
        if head == "terms" and rest and (block := self.terms.of(rest[0])):
            code = f"{rest[1]}: " if len(rest) > 1 else ""
            block.errors.append(f"{code}{message}")
            return True
        if head in self.rows and rest and rest[0].isdigit():
            return self._place_row(head, int(rest[0]), rest[1] if len(rest) > 1 else "", message)
        if head == "original_language":
            return self._place_text(self.original_language, "language", message)
        return self._on(self.facts, f"{head}_year" if head in ("start", "end") else head, message)

    def _place_text(self, language: str, name: str, message: str) -> bool:
        for form in self.texts.forms:
            if form.typed("language") == language:
                return self._on(form, name, message)
        return False

    def _place_row(self, kind: str, place: int, name: str, message: str) -> bool:
        held = self.ordered_images() if kind == "images" else self.rows[kind].filled_forms()
        if place >= len(held):
            return False
        name = {"value": "value_", "file": "upload"}.get(name, name)
        return self._on(held[place], name, message)

    @staticmethod
    def _on(form: forms.Form, name: str, message: str) -> bool:
        if name not in form.fields or not isinstance(form, Part):
            return False
        form.add_error(name, message)
        return True


def with_more(data: QueryDict, **more: Any) -> QueryDict:
    """A copy of what was typed with some fields changed; ``None`` takes one out."""
    changed = data.copy()
    for name, value in more.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return changed


def with_row(data: QueryDict, kind: str, **fields: Any) -> QueryDict:
    """A copy of what was typed with one more row of this kind, filled with ``fields``."""
    typed = data.get(f"{kind}-TOTAL_FORMS", "0")
    place = min(int(typed), 200) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    changed = with_more(data, **{f"{kind}-{place}-{name}": v for name, v in fields.items()})
    changed[f"{kind}-TOTAL_FORMS"] = str(place + 1)
    changed.setdefault(f"{kind}-INITIAL_FORMS", "0")
    return changed
