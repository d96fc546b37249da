"""Entries side by side: what they share, and what each has besides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stocktaking.entries.queries import EntryPage, SectionSaid, TermMark, entry_page
from stocktaking.entries.states import EntryState
from stocktaking.insight.rules.comparison import split
from stocktaking.reference.queries import SchemeView, TermView, catalogue

MOST_ENTRIES, FEWEST = 4, 2
FORWARDED = 5  # merges one after the other that are followed


@dataclass(frozen=True)
class Mark:
    """A term that not all have; ``alone``: no other has it."""

    mark: TermMark
    alone: bool


@dataclass(frozen=True)
class SchemeCompared:
    """The terms of one scheme: those of all, and besides of each in the order of the entries."""

    scheme: SchemeView
    shared: tuple[TermView, ...]
    besides: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True)
class EntriesCompared:
    """Published entries in the order asked for; what was left out is named."""

    entries: tuple[EntryPage, ...]
    unknown: tuple[int, ...] = ()  # no such entry, or not published
    withdrawn: tuple[int, ...] = ()
    merged: tuple[tuple[int, int], ...] = ()  # asked for, and shown in its place
    too_many: tuple[int, ...] = ()

    @property
    def enough(self) -> bool:
        return len(self.entries) >= FEWEST

    @cached_property
    def schemes(self) -> tuple[SchemeCompared, ...]:
        """Schemes of which at least one entry has a term, in the order of the framework."""
        held = {slug for page in self.entries for slug, marks in page.card.marks.items() if marks}
        found = [one for slug, one in catalogue().schemes.items() if slug in held]
        return tuple(self._compared(scheme) for scheme in found)

    @cached_property
    def sections(self) -> tuple[tuple[TermView, tuple[SectionSaid | None, ...]], ...]:
        """Long texts by their heading; None where an entry has none."""
        held = [{one.code: one for one in page.sections} for page in self.entries]
        headings = {one.code: one.heading for page in self.entries for one in page.sections}
        ordered = sorted(headings.values(), key=lambda term: (term.order, term.code))
        return tuple(
            (heading, tuple(by_code.get(heading.code) for by_code in held)) for heading in ordered
        )

    def _compared(self, scheme: SchemeView) -> SchemeCompared:
        marks = [
            {mark.term.code: mark for mark in page.card.of(scheme.slug)} for page in self.entries
        ]
        parted = split([list(one) for one in marks])
        return SchemeCompared(
            scheme=scheme,
            shared=tuple(marks[0][code].term for code in parted.shared),
            besides=tuple(
                tuple(Mark(by_code[code], code in parted.alone[place]) for code in codes)
                for place, (by_code, codes) in enumerate(zip(marks, parted.besides, strict=True))
            ),
        )


def compare_entries(numbers: Sequence[int], language: str) -> EntriesCompared:
    """The first four of these entries that are published, each once."""
    asked = list(dict.fromkeys(numbers))
    pages: dict[int, EntryPage] = {}
    unknown, withdrawn, merged, too_many = [], [], [], []
    for number in asked:
        page = _followed(number, language)
        if page is None:
            unknown.append(number)
            continue
        shown = page.card.number
        if page.card.state == EntryState.WITHDRAWN:
            withdrawn.append(number)
        elif page.card.state != EntryState.PUBLISHED:
            unknown.append(number)
        elif shown not in pages and len(pages) == MOST_ENTRIES:
            too_many.append(number)
        else:
            pages.setdefault(shown, page)
            merged += [(number, shown)] if shown != number else []
    return EntriesCompared(
        tuple(pages.values()), tuple(unknown), tuple(withdrawn), tuple(merged), tuple(too_many)
    )


def _followed(number: int, language: str) -> EntryPage | None:
    """The entry, or the one that it was merged into."""
    page = entry_page(number, language)
    for _ in range(FORWARDED):
        if page is None or page.merged_into is None:
            return page
        page = entry_page(page.merged_into, language)
    return page
