"""When digests come, and whether the address takes them."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls.rules.window import known_zone
from stocktaking.follow import signals
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.operations.holding import own_follower, planned, refused, stale
from stocktaking.follow.queries.standing import standing_of
from stocktaking.follow.states import Rhythm
from stocktaking.history.operations import record
from stocktaking.outbox.operations import release_address


def revise_schedule(
    *,
    person: Person,
    weekday: int,
    hour: int,
    zone: str,
    based_on: int,
    by: Person,
    at: dt.datetime,
) -> Follower:
    """The day of the week, the hour and the time zone in which digests come."""
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise refused("moment_unknown", "weekday")
    if not known_zone(zone):
        raise refused("zone_unknown", "zone")
    with transaction.atomic():
        follower = own_follower(person, by)
        if follower.lock != based_on:
            raise stale()
        if (follower.weekday, follower.hour, follower.zone) == (weekday, hour, zone):
            return follower
        follower.weekday, follower.hour, follower.zone = weekday, hour, zone
        follower.lock += 1
        follower.save(update_fields=["weekday", "hour", "zone", "lock"])
        for rhythm in (Rhythm.WEEKLY, Rhythm.MONTHLY):
            Subscription.objects.filter(follower=follower, rhythm=rhythm).update(
                next_at=planned(follower, rhythm, at=at)
            )
        record(verb="following_rescheduled", of=follower, by=by, at=at)
    return follower


def release_own(*, person: Person, by: Person, at: dt.datetime) -> None:
    """The own mailbox works again, or mail is wanted again: what is followed is told of again.

    ``release_refused`` where the secretariat stopped the address.
    """
    with transaction.atomic():
        follower = own_follower(person, by)
        standing = standing_of(person)
        if standing.reason is None:
            return
        if not standing.may_release:
            raise refused("release_refused")
        for number in standing.suppressions:
            release_address(suppression_id=number, by=by, at=at)
        Subscription.objects.filter(follower=follower).update(looked=0)


def ask_for_sample(*, person: Person, by: Person, at: dt.datetime) -> None:
    """See the mail now: what the next digest would say, or an example. Nothing counts as told."""
    with transaction.atomic():
        follower = own_follower(person, by)
        signals.digest_tried.send(sender=Follower, follower=follower, by=by, at=at)
        record(verb="digest_tried", of=follower, by=by, at=at)
