"""When accounts become one, and what is held of somebody."""

import datetime as dt
from typing import Any

from stocktaking.accounts.models import Person
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.states import State
from stocktaking.history.operations import record


def join_followers(*, kept: Person, merged: Person, by: Person | None, at: dt.datetime) -> None:
    """What the account that goes follows, the one that stays follows from now on; of what both
    follow its own stays. What was paused stays so. Called in the transaction that merges them."""
    goes = Follower.objects.select_for_update().filter(person=merged).first()
    if goes is None:
        return
    stays = Follower.objects.select_for_update().filter(person=kept).first()
    if stays is None:
        goes.person = kept
        goes.save(update_fields=["person"])
        record(verb="following_moved", of=goes, by=by, at=at)
        return
    known = set(Subscription.objects.filter(follower=stays).values_list("key", flat=True))
    rows = Subscription.objects.filter(follower=goes).exclude(key__in=known)
    if goes.state == State.PAUSED:  # whoever stopped all mails gets none by the merger
        rows.update(state=State.PAUSED)
    moved = rows.update(follower=stays)
    record(verb="following_moved", of=stays, by=by, at=at, detail={"subscriptions": moved})
    goes.delete()


def what_is_followed(person: Person) -> dict[str, Any]:
    """For the file of all that is held of a person."""
    follower = Follower.objects.filter(person=person).first()
    if follower is None:
        return {"following": None}
    return {
        "following": {
            "weekday": follower.weekday,
            "hour": follower.hour,
            "zone": follower.zone,
            "state": follower.state,
            "digests": follower.digests,
            "last_digest_at": follower.last_digest_at and follower.last_digest_at.isoformat(),
            "subscriptions": [
                {
                    "kind": row.kind,
                    "name": row.name,
                    "language": row.language,
                    "query": row.query,
                    "entry": row.entry_id,
                    "rhythm": row.rhythm,
                    "state": row.state,
                    "since": row.since.isoformat(),
                    "created_at": row.created_at.isoformat(),
                }
                for row in follower.subscriptions.order_by("id")
            ],
        }
    }
