"""Mails that follow what happens to calls and replies."""

from stocktaking.calls.notifications.kinds import KINDS
from stocktaking.calls.notifications.letters import (
    write_cancellation,
    write_extension,
    write_letter,
)
from stocktaking.calls.notifications.replies import (
    confirm_arrival,
    invite,
    remind_of_draft,
    tell_declined,
    tell_returned,
)

__all__ = [
    "KINDS",
    "confirm_arrival",
    "invite",
    "remind_of_draft",
    "tell_declined",
    "tell_returned",
    "write_cancellation",
    "write_extension",
    "write_letter",
]
