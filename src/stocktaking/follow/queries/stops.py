"""What a link below a mail is for, as its page tells it."""

from dataclasses import dataclass

from stocktaking.entries.queries import cards
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.states import State
from stocktaking.kernel import languages


@dataclass(frozen=True)
class Stopped:
    """``name`` is empty where all is meant."""

    name: str
    paused: bool


def stopped_thing(number: int, *, everything: bool) -> Stopped | None:
    """None where it is not followed any more."""
    if everything:
        follower = Follower.objects.filter(pk=number).first()
        return Stopped("", follower.state == State.PAUSED) if follower else None
    row = Subscription.objects.filter(pk=number).first()
    if row is None:
        return None
    name = row.name
    if row.entry_id is not None:
        shown = cards([row.entry_id], languages.current().code)
        name = str(shown[0].title) if shown else str(row.entry_id)
    return Stopped(name, row.state == State.PAUSED)
