"""What one person follows, as pages show it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from stocktaking.accounts.models import Person
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.queries.vocabulary import vocabulary
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.rules.saved import (
    asked_again,
    key_of_entry,
    key_of_search,
    organisations_in,
)
from stocktaking.follow.states import Kind, Rhythm, State
from stocktaking.search.rules.parameters import Asked


@dataclass(frozen=True)
class Followed:
    """One thing that is followed. ``question`` is that of a search, ``card`` that of an entry.

    ``outdated``: the search names what the register does not know any more, and is told of no
    longer, for without that it would be a wider one.
    """

    id: int
    kind: Kind
    name: str
    language: str
    rhythm: Rhythm
    state: State
    since: dt.datetime
    next_at: dt.datetime
    lock: int
    question: Asked | None = None
    card: EntryCard | None = None

    @property
    def outdated(self) -> bool:
        return self.question is not None and bool(self.question.ignored)

    @property
    def paused(self) -> bool:
        return self.state is State.PAUSED


def followed_by(person: Person, language: str) -> list[Followed]:
    """All that a person follows: searches by name, then entries, the newest first."""
    rows = list(_of(person).order_by("name", "-id"))
    return _views([row for row in rows if row.kind == Kind.SEARCH], language) + sorted(
        _views([row for row in rows if row.kind == Kind.ENTRY], language), key=lambda one: -one.id
    )


def followed(person: Person, number: int, language: str) -> Followed | None:
    """One of the things that a person follows; None where it is not theirs."""
    return next(iter(_views(_of(person).filter(pk=number), language)), None)


def followed_search(person: Person, kept: str) -> int | None:
    """The number under which a person follows this search."""
    return _of(person).filter(key=key_of_search(kept)).values_list("pk", flat=True).first()


def followed_entry(person: Person, number: int) -> int | None:
    return _of(person).filter(key=key_of_entry(number)).values_list("pk", flat=True).first()


def question_of(subscription: Subscription) -> Asked:
    """What a kept search asks of the register as it is today."""
    known = vocabulary(organisations_in(subscription.query))
    return asked_again(subscription.query, known)


def follower_of(person: Person) -> Follower | None:
    return Follower.objects.filter(person=person).first()


def _of(person: Person) -> QuerySet[Subscription]:
    return Subscription.objects.filter(follower__person=person)


def _views(rows: Iterable[Subscription], language: str) -> list[Followed]:
    found = list(rows)
    numbers = [row.entry_id for row in found if row.entry_id is not None]
    shown = {card.number: card for card in cards(numbers, language)} if numbers else {}
    return [
        Followed(
            id=row.pk,
            kind=Kind(row.kind),
            name=row.name,
            language=row.language,
            rhythm=Rhythm(row.rhythm),
            state=State(row.state),
            since=row.since,
            next_at=row.next_at,
            lock=row.lock,
            question=question_of(row) if row.kind == Kind.SEARCH else None,
            card=shown.get(row.entry_id) if row.entry_id is not None else None,
        )
        for row in found
    ]
