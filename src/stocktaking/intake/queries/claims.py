"""Claims as their makers, owners and staff see them."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from stocktaking.accounts.models import Membership, Person
from stocktaking.accounts.queries import OrganisationView, organisations_by_number
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.intake.models import Claim
from stocktaking.intake.rules.claiming import OPEN_FOR
from stocktaking.intake.states import ClaimKind, ClaimMethod, ClaimState

WAITING = (ClaimState.OPEN, ClaimState.PROVED)


@dataclass(frozen=True)
class ClaimView:
    """One claim. ``ends_at`` is when an open one is over; ``orphan``: nobody acts for it yet."""

    id: int
    kind: ClaimKind
    organisation: OrganisationView
    entry: EntryCard | None
    person: Person
    method: ClaimMethod
    state: ClaimState
    code: str
    finding: str
    checked_at: dt.datetime | None
    statement: str
    answer: str
    at: dt.datetime
    proved_at: dt.datetime | None
    decided_at: dt.datetime | None
    orphan: bool

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.at + OPEN_FOR if self.state is ClaimState.OPEN else None


def confirmed_addresses(person: Person) -> list[str]:
    """The addresses that somebody has shown to be theirs."""
    rows = EmailAddress.objects.filter(user=person, verified=True)
    return list(rows.values_list("email", flat=True))


def claim(claim_id: int, language: str) -> ClaimView | None:
    found = _views(Claim.objects.filter(pk=claim_id), language)
    return found[0] if found else None


def claims_of(person: Person, language: str) -> list[ClaimView]:
    """What somebody claimed, newest first."""
    return _views(Claim.objects.filter(person=person).order_by("-id"), language)


def claims_to_decide(person: Person, language: str) -> list[ClaimView]:
    """Claims that wait for an owner of the organisation, oldest first."""
    return _views(waiting_for_owner(person).order_by("id"), language)


def waiting_for_owner(person: Person) -> QuerySet[Claim]:
    """The rows of ``claims_to_decide``."""
    owned = Membership.objects.filter(person=person, standing=Membership.Standing.OWNER)
    return Claim.objects.filter(
        organisation__in=owned.values("organisation"),
        kind=ClaimKind.MEMBERSHIP,
        state__in=WAITING,
    ).exclude(person=person)


def claims_waiting() -> int:
    """How many claims wait for staff."""
    return Claim.objects.filter(state__in=WAITING).count()


def claim_queue(
    language: str, *, waiting: bool = True, first: int = 0, size: int = 50
) -> tuple[list[ClaimView], int]:
    """Claims for staff, proved ones first, then the oldest; and how many there are."""
    rows = (
        Claim.objects.filter(state__in=WAITING)
        if waiting
        else Claim.objects.exclude(state__in=WAITING)
    )
    order = ("-state", "id") if waiting else ("-decided_at", "-id")  # proved sorts behind open
    return _views(rows.order_by(*order)[first : first + size], language), rows.count()


def waiting_claim(person: Person, organisation: int) -> int | None:
    """The number of the claim that somebody has already made to an organisation."""
    rows = Claim.objects.filter(
        person=person,
        organisation=organisation,
        kind=ClaimKind.MEMBERSHIP,
        state__in=WAITING,
    )
    return rows.values_list("pk", flat=True).first()


def _views(rows: QuerySet[Claim], language: str) -> list[ClaimView]:
    """Nine SQL queries, however many there are."""
    found = list(rows.select_related("person"))
    bodies = organisations_by_number({row.organisation_id for row in found})
    numbers = [row.entry_id for row in found if row.entry_id]
    shown = {card.number: card for card in cards(numbers, language)} if numbers else {}
    peopled = set(
        Membership.objects.filter(Q(organisation__in=list(bodies))).values_list(
            "organisation_id", flat=True
        )
    )
    return [
        ClaimView(
            id=row.pk,
            kind=ClaimKind(row.kind),
            organisation=bodies[row.organisation_id],
            entry=shown.get(row.entry_id or 0),
            person=row.person,
            method=ClaimMethod(row.method),
            state=ClaimState(row.state),
            code=row.code,
            finding=row.finding,
            checked_at=row.checked_at,
            statement=row.statement,
            answer=row.answer,
            at=row.at,
            proved_at=row.proved_at,
            decided_at=row.decided_at,
            orphan=row.organisation_id not in peopled,
        )
        for row in found
    ]
