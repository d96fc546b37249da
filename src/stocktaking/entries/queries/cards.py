"""Rows of lists: three statements, however many entries."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from stocktaking.entries.models import Entry, EntryTerm, EntryText
from stocktaking.entries.queries.choosing import Written, choose, organisation_ref, said
from stocktaking.entries.queries.views import EntryCard, TermMark
from stocktaking.entries.states import Basis, EntryState, Origin
from stocktaking.kernel.lookups import Among
from stocktaking.reference.queries import Catalogue, catalogue

Texts = dict[str, Written]  # by language


def cards(numbers: Sequence[int], language: str) -> list[EntryCard]:
    """The entries of these numbers in this order, in whatever state; unknown ones left out."""
    rows = Entry.objects.filter(number__in=numbers).select_related("organisation")
    by_number = {card.number: card for card in cards_of(list(rows), language)}
    return [by_number[number] for number in numbers if number in by_number]


def cards_of(entries: Sequence[Entry], language: str) -> list[EntryCard]:
    """Cards of loaded entries (with their organisation); two statements."""
    framework = catalogue()
    originals = {entry.number: entry.original_language for entry in entries}
    titles, summaries = texts_of(originals)
    marks = _marks(originals, framework)
    return [
        EntryCard(
            number=entry.number,
            slug=entry.slug,
            title=choose(titles[entry.number], language, entry.original_language),
            summary=choose(summaries[entry.number], language, entry.original_language),
            organisation=organisation_ref(entry.organisation, framework, language),
            marks=marks[entry.number],
            worldwide=entry.worldwide,
            starts=entry.starts,
            ends=entry.ends,
            registered_on=entry.registered_on,
            registered_on_assumed=entry.registered_on_assumed,
            original_language=entry.original_language,
            languages=tuple(titles[entry.number]),
            state=EntryState(entry.state),
            changed_at=entry.changed_at,
            confirmed_on=entry.confirmed_on,
        )
        for entry in entries
    ]


def texts_of(originals: Iterable[int]) -> tuple[dict[int, Texts], dict[int, Texts]]:
    """Titles and summaries by entry and language; one statement."""
    titles: dict[int, Texts] = {number: {} for number in originals}
    summaries: dict[int, Texts] = {number: {} for number in originals}
    rows = (
        EntryText.objects.filter(Among(F("entry_id"), list(titles)))
        .order_by("id")
        .values_list("entry_id", "language", "title", "summary", "origin")
    )
    for number, language, title, summary, origin in rows:
        titles[number][language] = (title, origin)
        summaries[number][language] = (summary, origin)
    return titles, summaries


def _marks(
    originals: dict[int, str], framework: Catalogue
) -> dict[int, dict[str, tuple[TermMark, ...]]]:
    found: dict[int, dict[str, list[TermMark]]] = {number: {} for number in originals}
    rows = (
        EntryTerm.objects.filter(entry__in=list(originals))
        .order_by("order", "id")
        .values_list("entry_id", "term_id", "basis", "note", "note_language")
    )
    for number, term_id, basis, note, language in rows:
        term = framework.terms.get(term_id)
        if term is None:
            continue
        spoken = said(note, language, Origin.AUTHOR, originals[number]) if note else None
        found[number].setdefault(term.scheme, []).append(TermMark(term, Basis(basis), spoken))
    return {
        number: {scheme: tuple(marks) for scheme, marks in by_scheme.items()}
        for number, by_scheme in found.items()
    }
