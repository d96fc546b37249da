"""Two accounts of one person become one."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Membership, OneTimeLink, Person, RoleGrant
from stocktaking.accounts.operations.sessions import end_sessions
from stocktaking.accounts.permissions import require
from stocktaking.accounts.queries.merging import relations
from stocktaking.accounts.rules.names import sent_by
from stocktaking.accounts.rules.roles import Capability
from stocktaking.accounts.signals import people_merged
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.giving_way import giving_way
from stocktaking.outbox.models import Message

# what goes with the account that goes: keys of a device stand for a device, not for a person
LEFT_BEHIND = (Authenticator, OneTimeLink, EmailAddress)


@giving_way
def merge_people(*, kept: int, merged: int, by: Person | None, at: dt.datetime) -> Person:
    """Everything of the account ``merged`` goes to ``kept``; the account is gone then.

    Memberships (the higher standing wins), roles, consents, confirmed addresses and sign-ins
    with other accounts move, so that whoever used the other address still gets in. Passkeys and
    authenticator apps do not move. Apps above that keep one row per person join two when they
    hear ``people_merged``; every other row that names the account moves by itself. Where that
    cannot be done nothing happens at all (``merge_incomplete``).
    ``merge_itself``, ``merge_own``, ``account_closed``; ``in_use`` where others hold for long
    what would move.
    """
    if by is not None:
        require(by, Capability.MERGE_PEOPLE)
    rows = Person.objects.select_for_update().order_by("pk").in_bulk([kept, merged])
    if kept == merged or len(rows) < 2:
        raise RuleBroken("merge_itself", _("Choose two accounts."), field="kept")
    stays, goes = rows[kept], rows[merged]
    if by is not None and by.pk == merged:
        raise RuleBroken("merge_own", _("Your own account can only be the one that stays."))
    if not stays.is_active:
        raise RuleBroken("account_closed", _("This account is closed."), field="kept")
    _move_memberships(stays, goes)
    _move_grants(stays, goes)
    Message.objects.filter(person_id=merged).update(person_id=kept)
    Message.objects.filter(about=sent_by(merged)).update(about=sent_by(kept))
    # only what was confirmed
    EmailAddress.objects.filter(user=goes, verified=True).update(user=stays, primary=False)
    _complete(stays, goes)
    people_merged.send(sender=Person, kept=stays, merged=goes, by=by, at=at)
    _move_the_rest(stays, goes)
    record(verb="person_merged_away", of=goes, by=by, at=at, detail={"into": kept})
    record(verb="person_took_in", of=stays, by=by, at=at, detail={"merged": merged})
    end_sessions(merged, at)
    goes.delete()
    return stays


def _move_memberships(stays: Person, goes: Person) -> None:
    own = {held.organisation_id: held for held in stays.memberships.all()}
    for held in goes.memberships.all():
        mine = own.get(held.organisation_id)
        if mine is None:
            held.person = stays
            held.save(update_fields=["person"])
            continue
        if held.standing == Membership.Standing.OWNER and mine.standing != held.standing:
            mine.standing = held.standing
            mine.save(update_fields=["standing"])
        held.delete()


def _move_grants(stays: Person, goes: Person) -> None:
    own = {(grant.role, grant.scope_id) for grant in stays.grants.all()}
    for grant in RoleGrant.objects.filter(person=goes):
        if (grant.role, grant.scope_id) in own:
            grant.delete()
        else:
            grant.person = stays
            grant.save(update_fields=["person"])


def _complete(stays: Person, goes: Person) -> None:
    """What the account that stays does not say of itself."""
    stays.name = stays.name or goes.name
    stays.country_id = stays.country_id or goes.country_id
    stays.stakeholder_id = stays.stakeholder_id or goes.stakeholder_id
    stays.joined_at = min(stays.joined_at, goes.joined_at)
    stays.save(update_fields=["name", "country_id", "stakeholder_id", "joined_at"])


def _move_the_rest(stays: Person, goes: Person) -> None:
    """Rows that merely name the account. Apps listen where two of theirs may meet in one."""
    for model, field in relations():
        if model not in LEFT_BEHIND:
            rows = model._base_manager.filter(**{field: goes})
            if not _moved(rows, field, stays):
                for row in rows:
                    _move_one(row, field, stays)


def _moved(rows: QuerySet[Model], field: str, stays: Person) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{field: stays})
    except IntegrityError:
        return False
    return True


def _move_one(row: Model, field: str, stays: Person) -> None:
    if _moved(type(row)._base_manager.filter(pk=row.pk), field, stays):
        return
    if not row._meta.auto_created:  # deleting the account would take it along
        raise RuleBroken(
            "merge_incomplete",
            _("Something of the other account could not be moved. Nothing was changed."),
        )
    row.delete()  # of a table between two: the account that stays stands there already
