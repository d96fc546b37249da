"""Who was asked to act for an organisation and has not answered."""

import datetime as dt
from dataclasses import dataclass

from stocktaking.accounts.models import Invitation, Membership, Person
from stocktaking.accounts.rules.tokens import digest


@dataclass(frozen=True)
class InvitationView:
    """``by`` is the name of who invited, empty where that account is gone."""

    id: int
    organisation: int
    organisation_name: str
    email: str
    standing: Membership.Standing
    by: str
    expires_at: dt.datetime


def invitations(number: int, *, at: dt.datetime) -> list[InvitationView]:
    """Invitations to an organisation that can still be accepted, by address. One SQL query."""
    rows = Invitation.objects.filter(organisation=number, expires_at__gt=at).order_by("email")
    return [_view(row) for row in rows.select_related("organisation", "invited_by")]


def invitations_for(person: Person, *, at: dt.datetime) -> list[InvitationView]:
    """Invitations that wait for a person, by when they expire. One SQL query."""
    rows = Invitation.objects.filter(email=person.email.lower(), expires_at__gt=at)
    return [
        _view(row)
        for row in rows.select_related("organisation", "invited_by").order_by("expires_at")
    ]


def invitation_for(token: str, *, at: dt.datetime) -> InvitationView | None:
    """The invitation that a link stands for, unless it is too old or was taken back."""
    rows = Invitation.objects.filter(token_hash=digest(token), expires_at__gt=at)
    found = rows.select_related("organisation", "invited_by").first()
    return _view(found) if found else None


def _view(row: Invitation) -> InvitationView:
    return InvitationView(
        id=row.pk,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        email=row.email,
        standing=Membership.Standing(row.standing),
        by=str(row.invited_by.name) if row.invited_by else "",
        expires_at=row.expires_at,
    )
