"""Curators invite entries into a collection; whoever acts for an entry answers."""

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Membership, Person
from stocktaking.entries import signals
from stocktaking.entries.models import Collection, CollectionInvitation, CollectionMember, Entry
from stocktaking.entries.operations.applying import apply
from stocktaking.entries.operations.locking import locked
from stocktaking.entries.operations.refusals import refused
from stocktaking.entries.permissions import acts_for, require_acting, require_curator
from stocktaking.entries.queries.values import values_of
from stocktaking.entries.rules.links import hash_of, new_secret
from stocktaking.entries.rules.shapes import has_control
from stocktaking.entries.states import Cause, CollectionState, EntryState, InvitationState
from stocktaking.history.operations import record

MESSAGE_MAX = 2000


def invite_entry(
    *, slug: str, number: int, message: str = "", by: Person, at: dt.datetime
) -> CollectionInvitation:
    """Ask those who act for a published entry whether it may join. The signal carries the secret
    of the link by which they answer; of it only a hash is kept."""
    message = message.strip()
    if len(message) > MESSAGE_MAX:
        raise refused("message_long", "message", most=MESSAGE_MAX)
    if has_control(message, "\r\n\t"):
        raise refused("control_character", "message")
    with transaction.atomic():
        collection = _curated(slug, by)
        if collection.state != CollectionState.OPEN:
            raise refused("collection_closed", "number")
        entry = locked(number)
        if entry.state != EntryState.PUBLISHED:
            raise refused("not_published", "number")
        if CollectionMember.objects.filter(collection=collection, entry=entry).exists():
            raise refused("collected_already", "number")
        if not Membership.objects.filter(organisation=entry.organisation_id).exists():
            raise refused("nobody_to_ask", "number")
        token = new_secret()
        invitation = CollectionInvitation(
            collection=collection,
            entry=entry,
            message=message,
            token_hash=hash_of(token),
            invited_by=by,
            invited_at=at,
        )
        try:
            with transaction.atomic():
                invitation.save()
        except IntegrityError:
            raise refused("invited_already", "number") from None
        record(verb="entry_invited", of=entry, by=by, at=at, detail={"collection": slug})
        signals.entry_invited.send(sender=Entry, invitation=invitation, token=token, by=by, at=at)
    return invitation


def answer_invitation(
    *,
    invitation_id: int,
    accept: bool,
    by: Person | None,
    at: dt.datetime,
    token: str = "",
) -> CollectionInvitation:
    """Yes or no. ``by`` acts for the entry; whoever brings the secret of the mail needs no
    account. A collection closed meanwhile takes in nothing."""
    with transaction.atomic():
        invitation, entry = _held(invitation_id)
        by_mail = bool(token) and secrets.compare_digest(hash_of(token), invitation.token_hash)
        if not by_mail:
            require_acting(by, entry)
        if invitation.state != InvitationState.OPEN:
            raise refused("invitation_over")
        slug, changed = invitation.collection.slug, False
        detail = {"collection": slug, "by_mail": by_mail}
        if accept:
            if invitation.collection.state != CollectionState.OPEN:
                raise refused("collection_closed")
            if entry.state != EntryState.PUBLISHED:
                raise refused("not_published")
            changed = _move(entry, slug, True, "collection_joined", detail, by, at)
        state = InvitationState.ACCEPTED if accept else InvitationState.DECLINED
        _close(invitation, state, by, at)
        if not changed:
            verb = "collection_joined" if accept else "collection_declined"
            record(verb=verb, of=entry, by=by, at=at, detail=detail)
        signals.invitation_answered.send(sender=Entry, invitation=invitation, by=by, at=at)
    return invitation


def take_back_invitation(
    *, invitation_id: int, by: Person, at: dt.datetime
) -> CollectionInvitation:
    """A curator asks no longer; the link in the mail leads to nothing any more."""
    with transaction.atomic():
        invitation, entry = _held(invitation_id)
        _curated(invitation.collection.slug, by)
        if invitation.state != InvitationState.OPEN:
            raise refused("invitation_over")
        _close(invitation, InvitationState.TAKEN_BACK, by, at)
        detail = {"collection": invitation.collection.slug}
        record(verb="collection_invitation_taken_back", of=entry, by=by, at=at, detail=detail)
    return invitation


def leave_collection(*, slug: str, number: int, by: Person, at: dt.datetime) -> Entry:
    """An entry belongs to a collection no longer: its curators, or who acts for it, say so."""
    with transaction.atomic():
        collection = Collection.objects.filter(slug=slug).first()
        if collection is None:
            raise refused("collection_unknown", "slug", slug=slug)
        entry = locked(number)
        if not acts_for(by, entry):
            require_curator(by, collection)
        if not CollectionMember.objects.filter(collection=collection, entry=entry).exists():
            raise refused("not_collected", "number")
        _move(entry, slug, False, "left_collection", {"collection": slug}, by, at)
    return entry


def _move(
    entry: Entry,
    slug: str,
    joins: bool,
    verb: str,
    detail: dict[str, Any],
    by: Person | None,
    at: dt.datetime,
) -> bool:
    values = values_of(entry.number)
    others = tuple(one for one in values.collections if one != slug)
    changed = replace(values, collections=(*others, slug) if joins else others)
    return apply(entry, changed, by=by, at=at, reason=Cause.COLLECTION, verb=verb, detail=detail)


def _close(
    invitation: CollectionInvitation, state: InvitationState, by: Person | None, at: dt.datetime
) -> None:
    invitation.state, invitation.answered_at = state, at
    invitation.answered_by_id = by.pk if by else None
    invitation.save(update_fields=["state", "answered_at", "answered_by_id"])


def _held(invitation_id: int) -> tuple[CollectionInvitation, Entry]:
    """The invitation and its entry, both held; the entry first, as everywhere."""
    found = CollectionInvitation.objects.filter(pk=invitation_id).first()
    if found is None:
        raise refused("invitation_over")
    entry = locked(found.entry_id)
    held = CollectionInvitation.objects.select_for_update().get(pk=invitation_id)
    return held, entry


def _curated(slug: str, by: Person) -> Collection:
    collection = Collection.objects.filter(slug=slug).first()
    if collection is None:
        raise refused("collection_unknown", "slug", slug=slug)
    require_curator(by, collection)
    return collection
