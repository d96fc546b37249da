"""Who acts for an organisation, and two organisations becoming one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.operations.organisations import require_editor
from stocktaking.accounts.permissions import can, require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.accounts.signals import member_added, member_removed, organisations_merged
from stocktaking.history.operations import record
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.kernel.giving_way import giving_way


@transaction.atomic
def add_member(
    *,
    organisation: Organisation,
    person: Person,
    standing: Membership.Standing = Membership.Standing.EDITOR,
    by: Person | None,
    at: dt.datetime,
) -> Membership:
    """Let somebody act for an organisation; who does already gets the new standing.

    ``last_owner``: the last owner does not become an editor, but by staff.
    """
    require_owner(by, organisation)
    if organisation.merged_into_id:
        raise RuleBroken("organisation_merged", _("It was merged into another organisation."))
    membership, created = Membership.objects.get_or_create(
        person=person, organisation=organisation, defaults={"standing": standing, "since": at}
    )
    if not created and membership.standing == standing:
        return membership
    if not created:
        _keep_an_owner(membership, by)
    membership.standing = standing
    membership.save(update_fields=["standing"])
    detail = {"person": person.pk, "standing": standing}
    record(verb="member_added", of=organisation, by=by, at=at, detail=detail)
    member_added.send(sender=Organisation, person=person, organisation=organisation, at=at)
    return membership


@transaction.atomic
def remove_member(
    *, organisation: Organisation, person: Person, by: Person | None, at: dt.datetime
) -> None:
    """Somebody acts for it no longer. People leave by themselves, the last owner does not:
    ``last_owner``, but for staff."""
    if by is None or by.pk != person.pk:
        require_owner(by, organisation)
    membership = Membership.objects.filter(person=person, organisation=organisation).first()
    if membership is not None:
        _keep_an_owner(membership, by)
        membership.delete()
        detail = {"person": person.pk}
        record(verb="member_removed", of=organisation, by=by, at=at, detail=detail)
        member_removed.send(sender=Organisation, person=person, organisation=organisation, at=at)


@giving_way
def merge_organisations(
    *, kept: int, merged: int, by: Person | None, at: dt.datetime
) -> Organisation:
    """Two records of one body become one. The number that goes leads to the one that stays.

    Identifiers, people and names in languages that were missing move over; apps above move
    what is theirs when they hear ``organisations_merged``. ``in_use`` where others hold for long
    what would move.
    """
    if by is not None:
        require(by, Capability.EDIT_ORGANISATIONS)
    rows = Organisation.objects.select_for_update().order_by("number").in_bulk([kept, merged])
    if kept == merged or len(rows) < 2:
        raise RuleBroken("merge_itself", _("Choose two organisations."), field="kept")
    stays, goes = rows[kept], rows[merged]
    if stays.merged_into_id or goes.merged_into_id:
        raise RuleBroken("organisation_merged", _("It was merged into another organisation."))
    goes.identifiers.update(organisation=stays)
    members = set(stays.memberships.values_list("person_id", flat=True))
    goes.memberships.exclude(person_id__in=members).update(organisation=stays)
    goes.memberships.all().delete()
    goes.merged.update(merged_into=stays)
    goes.merged_into = stays
    goes.lock += 1
    goes.save(update_fields=["merged_into", "lock"])
    stays.names = {**goes.names, **stays.names}
    stays.website = stays.website or goes.website
    stays.lock += 1
    stays.save(update_fields=["names", "website", "lock"])
    record(verb="organisation_merged_away", of=goes, by=by, at=at, detail={"into": kept})
    record(verb="organisation_took_in", of=stays, by=by, at=at, detail={"merged": merged})
    organisations_merged.send(sender=Organisation, kept=kept, merged=merged, by=by, at=at)
    return stays


def _keep_an_owner(membership: Membership, by: Person | None) -> None:
    if by is None or membership.standing != Membership.Standing.OWNER:
        return
    # locked as one set, so that two owners cannot leave at once
    rows = Membership.objects.select_for_update().filter(
        organisation=membership.organisation_id, standing=Membership.Standing.OWNER
    )
    last = [row.person_id for row in rows.order_by("id")] == [membership.person_id]
    if last and not can(by, Capability.EDIT_ORGANISATIONS):
        raise RuleBroken("last_owner", _("Make somebody else an owner first."))


def require_owner(by: Person | None, organisation: Organisation) -> None:
    """Raise NotAllowed unless ``by`` owns the organisation or is staff; None: the console."""
    require_editor(by, organisation)
    if by is None or can(by, Capability.EDIT_ORGANISATIONS):
        return
    owners = organisation.memberships.filter(standing=Membership.Standing.OWNER)
    if not owners.filter(person=by).exists():
        raise NotAllowed("not_owner", _("Only an owner of the organisation may do this."))
