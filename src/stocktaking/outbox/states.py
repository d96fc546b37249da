"""The life of a message, and why an address gets no more mail."""

from enum import StrEnum


class MessageState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


MOVES: dict[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset(
        {MessageState.SENDING, MessageState.SUPPRESSED, MessageState.CANCELLED}
    ),
    MessageState.SENDING: frozenset(
        {MessageState.QUEUED, MessageState.SENT, MessageState.FAILED, MessageState.BOUNCED}
    ),
    # somebody may ask for it again, where it got lost on the way
    MessageState.SENT: frozenset({MessageState.BOUNCED, MessageState.QUEUED}),
    MessageState.FAILED: frozenset({MessageState.QUEUED}),
    MessageState.BOUNCED: frozenset({MessageState.QUEUED}),
    MessageState.SUPPRESSED: frozenset({MessageState.QUEUED}),
    MessageState.CANCELLED: frozenset({MessageState.QUEUED}),
}


def may_move(now: MessageState, then: MessageState) -> bool:
    return then in MOVES[now]


class Outcome(StrEnum):
    """How one try ended; none as long as it runs."""

    SENT = "sent"
    LATER = "later"  # the server, or the way to it, may do better another time
    REFUSED = "refused"  # for ever, because of the mail
    BOUNCED = "bounced"  # for ever, because of the address
    LOST = "lost"  # the worker ended in the middle: nobody knows


class Category(StrEnum):
    """Why somebody is written to; an account mail cannot be unsubscribed from."""

    ACCOUNT = "account"  # codes, security, confirmations of what the reader just did
    PROCESS = "process"  # about something the reader takes part in: a reply, a claim, a duty
    NEWS = "news"  # letters of calls, reminders, invitations to people who did not ask


class SuppressionReason(StrEnum):
    BOUNCED = "bounced"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    BY_HAND = "by_hand"
