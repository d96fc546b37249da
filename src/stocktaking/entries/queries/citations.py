"""Entries as works that somebody cites."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from stocktaking.entries.models import Entry
from stocktaking.entries.queries.cards import cards_of
from stocktaking.entries.states import EntryState


@dataclass(frozen=True)
class Cited:
    """What a reference says of an entry; texts in the language of the reader where they exist."""

    number: int
    version: int
    title: str
    language: str  # of the title
    summary: str
    author: str  # the organisation; empty where none is known
    registered_on: dt.date
    day_assumed: bool  # the source states no day: only the year is told
    keywords: tuple[str, ...]  # what nobody has confirmed is left out


def cited(numbers: Sequence[int], language: str) -> list[Cited]:
    """The published entries of these numbers in this order; four statements."""
    rows = Entry.objects.filter(number__in=numbers, state=EntryState.PUBLISHED)
    held = list(rows.select_related("organisation"))
    versions = {entry.number: entry.version for entry in held}
    found = {
        card.number: Cited(
            number=card.number,
            version=versions[card.number],
            title=card.title.text,
            language=card.title.language,
            summary=card.summary.text if card.summary.language == card.title.language else "",
            author=card.organisation.name
            if card.organisation and not card.organisation.unknown
            else "",
            registered_on=card.registered_on,
            day_assumed=card.registered_on_assumed,
            keywords=tuple(
                mark.term.short_label(language)
                for marks in card.marks.values()
                for mark in marks
                if mark.confirmed
            ),
        )
        for card in cards_of(held, language)
    }
    return [found[number] for number in numbers if number in found]
