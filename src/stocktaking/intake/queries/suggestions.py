"""Suggestions as staff, owners and those who made them see them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import EntryCard, cards, values_of
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.rules.differences import Piece, text_pieces
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Basis
from stocktaking.intake.models import Suggestion
from stocktaking.intake.rules.places import TERMS, Place, place_of, places, proposed_term, term_in
from stocktaking.intake.states import OwnerVerdict, SuggestionKind, SuggestionState
from stocktaking.reference.queries import TermView, catalogue


@dataclass(frozen=True)
class SuggestionView:
    """One suggestion beside the entry as it is now.

    ``place`` is None where the entry has lost it since; ``pieces`` are the difference between
    what stands there and what is proposed; ``moved`` says that the text has changed since.
    """

    id: int
    entry: EntryCard
    entry_version: int  # when it was made
    version: int  # of the entry, now
    kind: SuggestionKind
    state: SuggestionState
    key: str
    place: Place | None
    proposed: str
    pieces: tuple[Piece, ...]
    moved: bool
    remark: str
    language: str
    by: Person | None
    email: str
    at: dt.datetime
    owner_verdict: OwnerVerdict | None
    owner_note: str
    owner: str
    owner_at: dt.datetime | None
    taken_version: int | None
    decided_by: str
    decided_at: dt.datetime | None
    answer: str
    lock: int
    carried: Basis | None  # who stands behind the proposed term, where the entry has it already

    @property
    def open(self) -> bool:
        return self.state is SuggestionState.OPEN

    @property
    def term(self) -> TermView | None:
        """The term that the entry would carry; None where something else is proposed."""
        key = proposed_term(self.key, self.proposed)
        return catalogue().term(*key) if key else None


def places_of(number: int) -> tuple[Place, ...]:
    """The parts of an entry that something can be said about."""
    return places(values_of(number))


def suggestion(suggestion_id: int, language: str) -> SuggestionView | None:
    found = _views(Suggestion.objects.filter(pk=suggestion_id), language)
    return found[0] if found else None


def suggestion_queue(
    language: str,
    *,
    kind: SuggestionKind | None = None,
    waiting: bool = True,
    first: int = 0,
    size: int = 50,
) -> tuple[list[SuggestionView], int]:
    """Suggestions for staff: what an owner agreed to first, then the oldest; and how many."""
    rows = Suggestion.objects.all()
    if kind is not None:
        rows = rows.filter(kind=kind)
    if waiting:
        agreed = When(owner_verdict=OwnerVerdict.AGREED, then=Value(0))
        rows = rows.filter(state=SuggestionState.OPEN).order_by(
            Case(agreed, default=Value(1), output_field=IntegerField()), "at", "id"
        )
    else:
        rows = rows.exclude(state=SuggestionState.OPEN).order_by("-decided_at", "-id")
    return _views(rows[first : first + size], language), rows.count()


def waiting_suggestions() -> int:
    """How many wait for staff."""
    return Suggestion.objects.filter(state=SuggestionState.OPEN).count()


def suggestions_to_own(
    person: Person, language: str, *, first: int = 0, size: int = 50
) -> tuple[list[SuggestionView], int]:
    """Other words that are proposed for entries of somebody's organisations: those without an
    answer of an owner first; and how many there are."""
    rows = to_judge(person, judged=None)
    waits = When(state=SuggestionState.OPEN, owner_verdict="", then=Value(0))
    still = When(state=SuggestionState.OPEN, then=Value(1))
    order = Case(waits, still, default=Value(2), output_field=IntegerField())
    return _views(rows.order_by(order, "-id")[first : first + size], language), rows.count()


def suggested_lines(
    person: Person, language: str, *, first: int = 0, size: int = 50
) -> tuple[list[SuggestionView], int]:
    """The lines that somebody suggested for entries, the newest first; and how many."""
    rows = Suggestion.objects.filter(by=person, place=TERMS).exclude(proposed="")
    return _views(rows.order_by("-id")[first : first + size], language), rows.count()


def to_judge(person: Person, *, judged: bool | None = False) -> QuerySet[Suggestion]:
    """The rows of suggestions to somebody's entries; ``judged`` False: those that wait for an
    owner's word."""
    rows = Suggestion.objects.filter(
        entry__in=Entry.objects.filter(organisation__memberships__person=person),
        kind=SuggestionKind.EDIT,
    )
    if judged is False:
        rows = rows.filter(state=SuggestionState.OPEN, owner_verdict="")
    return rows


def _views(rows: QuerySet[Suggestion], language: str) -> list[SuggestionView]:
    """Seven SQL queries, however many there are."""
    found = list(rows.select_related("by", "entry"))
    if not found:
        return []
    numbers = list({row.entry_id for row in found})
    shown = {card.number: card for card in cards(numbers, language)}
    values = values_of_many(numbers)
    named = {pk for row in found for pk in (row.owner_by_id, row.decided_by_id) if pk}
    people = {pk: str(person) for pk, person in Person.objects.in_bulk(named).items()}
    return [_view(row, shown[row.entry_id], values[row.entry_id], people) for row in found]


def _view(
    row: Suggestion, card: EntryCard, values: EntryValues, people: dict[int, str]
) -> SuggestionView:
    place = place_of(values, row.place)
    worded = place is not None and place.words is not None and row.proposed
    return SuggestionView(
        id=row.pk,
        entry=card,
        entry_version=row.entry_version,
        version=row.entry.version,
        kind=SuggestionKind(row.kind),
        state=SuggestionState(row.state),
        key=row.place,
        place=place,
        proposed=row.proposed,
        pieces=text_pieces(place.words or "", row.proposed) if place and worded else (),
        moved=row.entry.version != row.entry_version,
        remark=row.remark,
        language=row.language,
        by=row.by,
        email=row.email,
        at=row.at,
        owner_verdict=OwnerVerdict(row.owner_verdict) if row.owner_verdict else None,
        owner_note=row.owner_note,
        owner=people.get(row.owner_by_id or 0, ""),
        owner_at=row.owner_at,
        taken_version=row.taken_version,
        decided_by=people.get(row.decided_by_id or 0, ""),
        decided_at=row.decided_at,
        answer=row.answer,
        lock=row.lock,
        carried=_carried(row, values),
    )


def _carried(row: Suggestion, values: EntryValues) -> Basis | None:
    key = proposed_term(row.place, row.proposed)
    held = term_in(values, *key) if key else None
    return held.basis if held else None
