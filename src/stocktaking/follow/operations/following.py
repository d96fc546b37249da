"""Following something, changing how, and ending it."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.operations.holding import held, own_follower, planned, refused, stale
from stocktaking.follow.queries.news import recent_since
from stocktaking.follow.queries.subscriptions import question_of
from stocktaking.follow.rules.saved import key_of_entry, key_of_search, tidy_name
from stocktaking.follow.rules.told import packed
from stocktaking.follow.states import Kind, Rhythm, State
from stocktaking.history.operations import record
from stocktaking.kernel import languages


def follow_search(
    *, query: str, name: str, language: str, rhythm: str, by: Person, at: dt.datetime
) -> Subscription:
    """Be told of entries that fit a question (``saved.kept_form``) once they are published.

    Followed already, it stays as it is. ``search_whole`` for the whole register: its feed has
    everything. ``search_outdated``, ``name_missing``, ``followed_enough``.
    """
    require(by, Capability.HOLD_ACCOUNT)
    name = tidy_name(name)
    row = Subscription(
        kind=Kind.SEARCH,
        key=key_of_search(query),
        query=query,
        name=name,
        language=_language(language),
        rhythm=_rhythm(rhythm),
    )
    if not query:
        raise refused("search_whole")
    if question_of(row).ignored:
        raise refused("search_outdated")
    if not name:
        raise refused("name_missing", "name")
    return _begun(row, by=by, at=at)


def follow_entry(
    *, number: int, language: str, rhythm: str, by: Person, at: dt.datetime
) -> Subscription:
    """Be told what becomes of a published entry. Followed already, it stays as it is."""
    require(by, Capability.HOLD_ACCOUNT)
    entry = Entry.objects.filter(number=number, state=EntryState.PUBLISHED).first()
    if entry is None:
        raise refused("entry_unknown")
    row = Subscription(
        kind=Kind.ENTRY,
        key=key_of_entry(number),
        entry=entry,
        language=_language(language),
        rhythm=_rhythm(rhythm),
        seen_version=entry.published_version or 0,
        seen_state=entry.state,
    )
    return _begun(row, by=by, at=at)


def revise_subscription(
    *,
    subscription_id: int,
    name: str,
    language: str,
    rhythm: str,
    based_on: int,
    by: Person,
    at: dt.datetime,
) -> Subscription:
    """Another name, language or rhythm. StaleVersion where it was changed meanwhile."""
    with transaction.atomic():
        row = held(subscription_id, by)
        if row.lock != based_on:
            raise stale()
        name = tidy_name(name) if row.kind == Kind.SEARCH else ""
        if row.kind == Kind.SEARCH and not name:
            raise refused("name_missing", "name")
        becomes = {"name": name, "language": _language(language), "rhythm": _rhythm(rhythm)}
        changed = [field for field, value in becomes.items() if getattr(row, field) != value]
        if not changed:
            return row
        for field, value in becomes.items():
            setattr(row, field, value)
        if "rhythm" in changed:
            row.next_at = planned(row.follower, Rhythm(row.rhythm), at=at, first=True)
            row.looked = 0
        row.lock += 1
        row.save(update_fields=[*becomes, "next_at", "looked", "lock"])
        record(verb="follow_revised", of=row, by=by, at=at, detail={"parts": changed})
    return row


def end_subscription(*, subscription_id: int, by: Person, at: dt.datetime) -> None:
    """Follow something no longer. Ended twice is as once."""
    with transaction.atomic():
        found = Subscription.objects.filter(pk=subscription_id, follower__person=by)
        if not found.exists():
            return
        row = held(subscription_id, by)
        record(verb="follow_ended", of=row, by=by, at=at, detail={"kind": row.kind})
        row.delete()


def _begun(row: Subscription, *, by: Person, at: dt.datetime) -> Subscription:
    with transaction.atomic():
        follower = own_follower(by, by)
        present = Subscription.objects.filter(follower=follower, key=row.key).first()
        if present is not None:
            return present
        _require_room(follower)
        row.follower, row.since, row.created_at = follower, at, at
        row.state = State.ACTIVE
        row.next_at = planned(follower, Rhythm(row.rhythm), at=at, first=True)
        if row.kind == Kind.SEARCH:  # whoever follows now sees what is there now
            row.told = packed(recent_since(at, at=at).numbers)
        row.save(force_insert=True)
        detail = {"kind": row.kind, "rhythm": row.rhythm}
        record(verb="follow_begun", of=row, by=by, at=at, detail=detail)
    return row


def _require_room(follower: Follower) -> None:
    if Subscription.objects.filter(follower=follower).count() >= settings.FOLLOWED_MOST:
        raise refused("followed_enough")


def _rhythm(said: str) -> str:
    if said not in tuple(Rhythm):
        raise refused("rhythm_unknown", "rhythm")
    return said


def _language(said: str) -> str:
    if said not in languages.BY_CODE:
        raise refused("language_unknown", "language")
    return said
