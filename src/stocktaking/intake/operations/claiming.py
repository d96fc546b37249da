"""A person says: I act for this organisation. Proved by an address or a code, or decided."""

import datetime as dt

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.operations import add_member
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import transfer_entry
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import Claim
from stocktaking.intake.operations.participating import bounded, refused
from stocktaking.intake.permissions import require_decider
from stocktaking.intake.queries.claims import confirmed_addresses
from stocktaking.intake.rules.claiming import OPEN_FOR, STATEMENT_MAX, new_code
from stocktaking.intake.rules.ownership import host_of, proves
from stocktaking.intake.states import CLAIM_MOVES, ClaimKind, ClaimMethod, ClaimState

WAITING = (ClaimState.OPEN, ClaimState.PROVED)


@transaction.atomic
def open_claim(
    *,
    organisation: int,
    method: ClaimMethod,
    statement: str = "",
    entry: int | None = None,
    by: Person,
    at: dt.datetime,
) -> Claim:
    """Claim an organisation; somebody who claims it already chooses another way.

    A confirmed address at the organisation's own domain proves it at once, and makes the person
    an owner where nobody acts for the organisation. Else its owners and staff decide.
    """
    body = Organisation.objects.select_for_update().filter(number=organisation).first()
    if body is None or body.unknown or body.merged_into_id:
        raise refused("claim_impossible")
    if body.memberships.filter(person=by).exists():
        raise refused("claim_needless")
    statement = bounded(statement, "statement", STATEMENT_MAX)
    _require_way(method, body, statement, by)
    claim = _waiting_claim(body, by, at)
    claim.method, claim.statement = method, statement
    claim.entry = _entry_of(body, entry) or claim.entry
    if method is ClaimMethod.WEBSITE_CODE:
        claim.code = claim.code or new_code()
    claim.save()
    record(verb="claim_opened", of=claim, by=by, at=at, detail=_detail(claim))
    signals.claim_opened.send(sender=Claim, claim=claim, by=by, at=at)
    return _prove(claim, at) if method is ClaimMethod.MAIL_DOMAIN else claim


@transaction.atomic
def claim_entry(
    *, number: int, organisation: int, statement: str, by: Person, at: dt.datetime
) -> Claim:
    """An entry whose owner is not known belongs to an organisation that ``by`` acts for: staff
    decide, there is nobody else to ask."""
    entry = Entry.objects.select_for_update(of=("self",)).filter(number=number).first()
    if entry is None:
        raise refused("entry_not_public")
    if entry.organisation is not None and not entry.organisation.unknown:
        raise refused("claim_not_transfer")
    if not by.memberships.filter(organisation=organisation).exists():
        raise refused("claim_impossible", "organisation")
    statement = bounded(statement, "statement", STATEMENT_MAX)
    if not statement:
        raise refused("statement_missing", "statement")
    claim = Claim.objects.filter(
        entry=entry, person=by, kind=ClaimKind.TRANSFER, state__in=WAITING
    ).first() or Claim(entry=entry, person=by, kind=ClaimKind.TRANSFER, at=at)
    claim.organisation_id, claim.statement = organisation, statement
    claim.method = ClaimMethod.BY_HAND
    claim.save()
    record(verb="claim_opened", of=claim, by=by, at=at, detail=_detail(claim))
    signals.claim_opened.send(sender=Claim, claim=claim, by=by, at=at)
    return claim


@transaction.atomic
def grant_claim(*, claim_id: int, answer: str = "", by: Person, at: dt.datetime) -> Claim:
    """Staff, or an owner of the organisation, say yes."""
    claim = held_claim(claim_id)
    require_decider(by, claim)
    claim.answer = bounded(answer, "answer", STATEMENT_MAX)
    return _grant(claim, by, at)


@transaction.atomic
def decline_claim(*, claim_id: int, answer: str, by: Person, at: dt.datetime) -> Claim:
    """No, with the reason, which goes to the claimant."""
    claim = held_claim(claim_id)
    require_decider(by, claim)
    if not answer.strip():
        raise refused("answer_missing", "answer")
    claim.answer = bounded(answer, "answer", STATEMENT_MAX)
    move(claim, ClaimState.DECLINED)
    claim.decided_at, claim.decided_by_id = at, by.pk
    claim.save()
    record(verb="claim_declined", of=claim, by=by, at=at, detail=_detail(claim))
    signals.claim_declined.send(sender=Claim, claim=claim, by=by, at=at)
    return claim


def expire_claims(*, at: dt.datetime) -> int:
    """Open claims that nobody answered in time are over; the number of them."""
    late = Claim.objects.filter(state=ClaimState.OPEN, at__lt=at - OPEN_FOR)
    return sum(_expire(pk, at) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic
def follow_merger(*, kept: int, merged: int, at: dt.datetime) -> None:
    """Claims to an organisation that went into another one are claims to that one. Who acts for
    it already, or claims it already, claims nothing more."""
    claims = Claim.objects.filter(organisation=merged)
    for claim in claims.filter(state__in=WAITING).select_related("person"):
        others = Claim.objects.filter(
            organisation=kept, person=claim.person, kind=claim.kind, state__in=WAITING
        )
        acts = claim.person.memberships.filter(organisation=kept).exists()
        if claim.kind == ClaimKind.MEMBERSHIP and (acts or others.exists()):
            claim.state, claim.decided_at = ClaimState.EXPIRED, at
            claim.save(update_fields=["state", "decided_at"])
    claims.update(organisation=kept)


def prove_claim(claim: Claim, at: dt.datetime) -> Claim:
    """It is shown that the claimant belongs to the organisation. Called while it is held."""
    return _prove(claim, at)


def held_claim(claim_id: int) -> Claim:
    """A claim that waits, held until the end of the transaction, after its organisation."""
    found = Claim.objects.filter(pk=claim_id).values_list("organisation_id", flat=True).first()
    if found is None:
        raise refused("claim_unknown")
    Organisation.objects.select_for_update().get(number=found)
    rows = Claim.objects.select_for_update(of=("self",)).select_related("organisation", "person")
    claim = rows.get(pk=claim_id)
    if claim.state not in WAITING:
        raise refused("claim_decided")
    return claim


def move(claim: Claim, then: ClaimState) -> None:
    if then not in CLAIM_MOVES[ClaimState(claim.state)]:
        raise refused("claim_decided")
    claim.state = then


def _prove(claim: Claim, at: dt.datetime) -> Claim:
    if claim.state == ClaimState.OPEN:
        move(claim, ClaimState.PROVED)
        claim.proved_at = at
        claim.save()
        record(verb="claim_proved", of=claim, by=None, at=at, detail=_detail(claim))
        signals.claim_proved.send(sender=Claim, claim=claim, by=None, at=at)
    if claim.kind == ClaimKind.MEMBERSHIP and not claim.organisation.memberships.exists():
        return _grant(claim, None, at)
    return claim


def _grant(claim: Claim, by: Person | None, at: dt.datetime) -> Claim:
    """The person acts for the organisation: as its owner where nobody did, else as an editor
    whom an owner may raise. Or the entry goes to the organisation."""
    if claim.kind == ClaimKind.TRANSFER:
        assert claim.entry_id is not None  # noqa: S101 - a transfer names its entry
        transfer_entry(number=claim.entry_id, organisation=claim.organisation_id, by=by, at=at)
    else:
        orphan = not claim.organisation.memberships.exists()
        owner, editor = Membership.Standing.OWNER, Membership.Standing.EDITOR
        add_member(
            organisation=claim.organisation,
            person=claim.person,
            standing=owner if orphan else editor,
            by=by,
            at=at,
        )
    move(claim, ClaimState.GRANTED)
    claim.decided_at, claim.decided_by_id = at, by.pk if by else None
    claim.save()
    record(verb="claim_granted", of=claim, by=by, at=at, detail=_detail(claim))
    signals.claim_granted.send(sender=Claim, claim=claim, by=by, at=at)
    return claim


@transaction.atomic
def _expire(claim_id: int, at: dt.datetime) -> int:
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    if claim.state != ClaimState.OPEN:
        return 0
    move(claim, ClaimState.EXPIRED)
    claim.decided_at = at
    claim.save()
    record(verb="claim_expired", of=claim, by=None, at=at, detail=_detail(claim))
    signals.claim_expired.send(sender=Claim, claim=claim, by=None, at=at)
    return 1


def _require_way(method: ClaimMethod, body: Organisation, statement: str, by: Person) -> None:
    if method is ClaimMethod.BY_HAND:
        if not statement:
            raise refused("statement_missing", "statement")
        return
    if not host_of(body.website):
        raise refused("website_missing", "method")
    if method is ClaimMethod.MAIL_DOMAIN and not any(
        proves(address, body.website) for address in confirmed_addresses(by)
    ):
        raise refused("domain_differs", "method")


def _waiting_claim(body: Organisation, by: Person, at: dt.datetime) -> Claim:
    """The claim that waits already, or a new one; the unique row decides between two requests."""
    place = {"organisation": body, "person": by, "kind": ClaimKind.MEMBERSHIP}
    try:
        with transaction.atomic():
            found = Claim.objects.filter(**place, state__in=WAITING).first()
            return found or Claim.objects.create(**place, method=ClaimMethod.BY_HAND, at=at)
    except IntegrityError:
        return Claim.objects.get(**place, state__in=WAITING)


def _entry_of(body: Organisation, number: int | None) -> Entry | None:
    return Entry.objects.filter(number=number, organisation=body).first() if number else None


def _detail(claim: Claim) -> dict[str, object]:
    return {
        "organisation": claim.organisation_id,
        "entry": claim.entry_id,
        "method": str(claim.method),
    }
