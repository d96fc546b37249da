"""Invitations of entries into collections, as those see them who ask and who are asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from stocktaking.accounts.models import Person
from stocktaking.entries.models import CollectionInvitation
from stocktaking.entries.queries.cards import cards
from stocktaking.entries.queries.views import EntryCard
from stocktaking.entries.rules.links import hash_of
from stocktaking.entries.states import InvitationState
from stocktaking.reference.queries.catalogue import pick

SHOWN = 200


@dataclass(frozen=True)
class InvitationView:
    """``invited_by`` is a name or an address, empty where the account is gone."""

    id: int
    slug: str
    collection: str
    entry: EntryCard
    state: InvitationState
    message: str
    invited_by: str
    invited_at: dt.datetime
    answered_at: dt.datetime | None

    @property
    def open(self) -> bool:
        return self.state is InvitationState.OPEN


def invitations_for(
    person: Person, language: str, states: Sequence[InvitationState] = tuple(InvitationState)
) -> list[InvitationView]:
    """What entries of somebody's organisations were invited to, newest first."""
    rows = CollectionInvitation.objects.filter(
        entry__organisation__memberships__person=person, state__in=states
    )
    return _views(rows, language)


def open_invitations(person: Person) -> int:
    """How many wait for an answer of somebody."""
    return CollectionInvitation.objects.filter(
        entry__organisation__memberships__person=person, state=InvitationState.OPEN
    ).count()


def invitations_to(slug: str, language: str) -> list[InvitationView]:
    """Whom the curators of a collection asked, newest first."""
    return _views(CollectionInvitation.objects.filter(collection__slug=slug), language)


def invitation_of_link(token: str, language: str) -> InvitationView | None:
    """The invitation that the secret of a mail belongs to, in whatever state."""
    found = _views(CollectionInvitation.objects.filter(token_hash=hash_of(token)), language)
    return found[0] if found else None


def _views(rows: QuerySet[CollectionInvitation], language: str) -> list[InvitationView]:
    """Five SQL queries, however many there are."""
    found = list(rows.select_related("collection", "invited_by").order_by("-id")[:SHOWN])
    shown = {card.number: card for card in cards([row.entry_id for row in found], language)}
    return [
        InvitationView(
            id=row.pk,
            slug=row.collection.slug,
            collection=pick(row.collection.title, language),
            entry=shown[row.entry_id],
            state=InvitationState(row.state),
            message=row.message,
            invited_by=str(row.invited_by or ""),
            invited_at=row.invited_at,
            answered_at=row.answered_at,
        )
        for row in found
    ]
