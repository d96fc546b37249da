"""What people do with what they follow, and how far each was told of it."""

from stocktaking.follow.operations.digests import (
    Held,
    ask_for_digests,
    hold_due,
    note_told,
    put_off,
    try_later,
)
from stocktaking.follow.operations.following import (
    end_subscription,
    follow_entry,
    follow_search,
    revise_subscription,
)
from stocktaking.follow.operations.links import Stop, read_stop, stop_token
from stocktaking.follow.operations.pausing import (
    pause_all,
    pause_subscription,
    resume_all,
    resume_subscription,
    stop_by_link,
)
from stocktaking.follow.operations.schedule import ask_for_sample, release_own, revise_schedule

__all__ = [
    "Held",
    "Stop",
    "ask_for_digests",
    "ask_for_sample",
    "end_subscription",
    "follow_entry",
    "follow_search",
    "hold_due",
    "note_told",
    "pause_all",
    "pause_subscription",
    "put_off",
    "read_stop",
    "release_own",
    "resume_all",
    "resume_subscription",
    "revise_schedule",
    "revise_subscription",
    "stop_by_link",
    "stop_token",
    "try_later",
]
