"""Being told nothing for a while, by oneself or by the link of a mail.

What happens meanwhile is not lost: the digest after a pause tells of it.
"""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.operations.holding import held, own_follower, planned, refused
from stocktaking.follow.operations.links import read_stop
from stocktaking.follow.states import Rhythm, State, may_move
from stocktaking.history.operations import record


def pause_subscription(*, subscription_id: int, by: Person, at: dt.datetime) -> Subscription:
    """Be told nothing of one thing. Twice is as once."""
    with transaction.atomic():
        return _moved_one(held(subscription_id, by), State.PAUSED, by=by, at=at, how="account")


def resume_subscription(*, subscription_id: int, by: Person, at: dt.datetime) -> Subscription:
    with transaction.atomic():
        return _moved_one(held(subscription_id, by), State.ACTIVE, by=by, at=at, how="account")


def pause_all(*, person: Person, by: Person, at: dt.datetime) -> Follower:
    """Be told nothing at all. Twice is as once."""
    with transaction.atomic():
        return _moved(own_follower(person, by), State.PAUSED, by=by, at=at, how="account")


def resume_all(*, person: Person, by: Person, at: dt.datetime) -> Follower:
    with transaction.atomic():
        return _moved(own_follower(person, by), State.ACTIVE, by=by, at=at, how="account")


def stop_by_link(*, token: str, resume: bool = False, at: dt.datetime) -> None:
    """The reader of a mail stops what its link is for (RFC 8058), or takes that back.

    What is not followed any more stays so: a link of an old mail is no error.
    """
    stop = read_stop(token)
    then = State.ACTIVE if resume else State.PAUSED
    with transaction.atomic():
        if stop.everything:
            follower = Follower.objects.select_for_update().filter(pk=stop.number).first()
            if follower is not None:
                _moved(follower, then, by=None, at=at, how="link")
        elif Subscription.objects.filter(pk=stop.number).exists():
            _moved_one(held(stop.number, None), then, by=None, at=at, how="link")


def _moved_one(
    row: Subscription, then: State, *, by: Person | None, at: dt.datetime, how: str
) -> Subscription:
    if row.state == then:
        return row
    _check(State(row.state), then)
    row.state = then
    row.lock += 1
    if then is State.ACTIVE:
        row.next_at = planned(row.follower, Rhythm(row.rhythm), at=at, first=True)
        row.looked = 0
    row.save(update_fields=["state", "lock", "next_at", "looked"])
    verb = "follow_paused" if then is State.PAUSED else "follow_resumed"
    record(verb=verb, of=row, by=by, at=at, detail={"how": how})
    return row


def _moved(
    follower: Follower, then: State, *, by: Person | None, at: dt.datetime, how: str
) -> Follower:
    if follower.state == then:
        return follower
    _check(State(follower.state), then)
    follower.state = then
    follower.lock += 1
    follower.save(update_fields=["state", "lock"])
    verb = "following_paused" if then is State.PAUSED else "following_resumed"
    record(verb=verb, of=follower, by=by, at=at, detail={"how": how})
    return follower


def _check(now: State, then: State) -> None:
    if not may_move(now, then):
        raise refused("subscription_unknown")
