"""Who sees the queue, who decides, which replies a coordinator speaks on, and for which lines
a facilitator suggests entries."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Membership, Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.queries import lines_of, roles_of, scopes_of
from stocktaking.accounts.queries.scopes import countries_of, covered
from stocktaking.accounts.rules.roles import GRANTS, Capability, Role
from stocktaking.accounts.rules.scopes import COUNTRIES, SCOPED_ROLES, TermKey, written
from stocktaking.calls.models import Reply
from stocktaking.intake.models import Claim
from stocktaking.intake.states import ClaimKind
from stocktaking.kernel.errors import NotAllowed
from stocktaking.reference.queries import catalogue


def can_see(person: Person | None, reply: Reply) -> bool:
    """Staff who read the queue see what was sent; nobody but its authors sees a draft."""
    return reply.submitted_at is not None and can(person, Capability.SEE_QUEUE)


def can_moderate(person: Person | None) -> bool:
    return can(person, Capability.MODERATE_REPLIES)


def scope_for(person: Person | None, reply: Reply, *, on: dt.date) -> str:
    """The scope by which a coordinator speaks on a reply, such as ``region:AFR``; empty where
    the reply was not sent or comes from elsewhere. The one place where this is decided."""
    if reply.submitted_at is None or not reply.country:
        return ""
    if not can(person, Capability.ENDORSE_REPLIES):
        return ""
    for key in scopes_of(person, Role.COORDINATOR):
        if (COUNTRIES, reply.country) in covered([key], on=on):
            return written(key)
    return ""


def require_scope(person: Person | None, reply: Reply, *, on: dt.date) -> str:
    """The scope as above; NotAllowed where there is none."""
    scope = scope_for(person, reply, on=on)
    if not scope:
        raise NotAllowed(
            "not_from_scope", _("This reply does not come from your country or region.")
        )
    return scope


def from_scopes(person: Person | None, *, on: dt.date) -> QuerySet[Reply]:
    """The replies that somebody may speak on as a coordinator: a list, by the same rule."""
    if not can(person, Capability.ENDORSE_REPLIES):
        return Reply.objects.none()
    countries = countries_of(person, on=on)
    return Reply.objects.filter(submitted_at__isnull=False, country__in=countries)


def lines_for(person: Person | None) -> tuple[TermKey, ...]:
    """The lines that somebody may suggest entries for, in order: a facilitator's own and those
    below them, and all of them for organisers. The one place where this is decided."""
    needed, grid = Capability.SUGGEST_ENTRIES, catalogue().grid()
    if grid is None or not can(person, needed):
        return ()
    every = tuple((term.scheme, term.code) for term in grid.rows.assignable)
    if any(needed in GRANTS[role] and role not in SCOPED_ROLES for role in roles_of(person)):
        return every
    own = lines_of(person)
    return tuple(line for line in every if line in own)


def decides_claim(person: Person | None, claim: Claim) -> bool:
    """Staff; and of a claim to join an organisation its owners, but nobody on their own claim."""
    if person is None or claim.person_id == person.pk:
        return False
    return can(person, Capability.MODERATE_REPLIES) or owns_claimed(person, claim)


def owns_claimed(person: Person, claim: Claim) -> bool:
    """Whether somebody else's claim is to an organisation that the person is an owner of."""
    return (
        claim.kind == ClaimKind.MEMBERSHIP
        and claim.person_id != person.pk
        and person.is_active
        and person.memberships.filter(
            organisation=claim.organisation_id, standing=Membership.Standing.OWNER
        ).exists()
    )


def require_decider(person: Person | None, claim: Claim) -> None:
    """Raise NotAllowed unless ``decides_claim``."""
    if not decides_claim(person, claim):
        raise NotAllowed("not_allowed", _("You may not do this with your account."))
