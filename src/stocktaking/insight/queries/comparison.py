"""Entries side by side: what they share, and what each has besides."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from stocktaking.entries.models import Entry
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


@dataclass(frozen=True)
class Followed:
    """What a number leads to: its entry, or the one that it was merged into in the end, with its
    state and the moments that its page depends on."""

    number: int
    state: str
    moved: tuple[dt.datetime, dt.date | None]


def followed(numbers: Iterable[int]) -> dict[int, Followed]:
    """By the number asked for; those of no entry are left out. A query for each step of merging,
    however many the numbers are."""
    ends = {number: number for number in numbers}
    found: dict[int, Followed] = {}
    into: dict[int, int | None] = {}
    for _ in range(1 + FORWARDED):
        wanted = set(ends.values()) - found.keys()
        if not wanted:
            break
        rows = Entry.objects.filter(number__in=wanted)
        for number, state, changed, confirmed, further in rows.values_list(
            "number", "state", "changed_at", "confirmed_on", "merged_into_id"
        ):
            found[number] = Followed(number, state, (changed, confirmed))
            into[number] = further
        ends = {asked: into.get(end) or end for asked, end in ends.items()}
    return {asked: found[end] for asked, end in ends.items() if end in found}


def compare_entries(numbers: Sequence[int], language: str) -> EntriesCompared:
    """The first four of these entries that are published, each once."""
    asked = list(dict.fromkeys(numbers))
    ends = followed(asked)
    pages: dict[int, EntryPage] = {}
    unknown, withdrawn, merged, too_many = [], [], [], []
    for number in asked:
        end = ends.get(number)
        if end is not None and end.state == EntryState.WITHDRAWN:
            withdrawn.append(number)
        elif end is None or end.state != EntryState.PUBLISHED:
            unknown.append(number)
        elif end.number not in pages and len(pages) == MOST_ENTRIES:
            too_many.append(number)
        else:
            if end.number not in pages and (page := entry_page(end.number, language)):
                pages[end.number] = page
            merged += [(number, end.number)] if end.number != number else []
    return EntriesCompared(
        tuple(pages.values()), tuple(unknown), tuple(withdrawn), tuple(merged), tuple(too_many)
    )
