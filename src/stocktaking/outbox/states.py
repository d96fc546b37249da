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
    MessageState.SENT: frozenset({MessageState.BOUNCED}),
    MessageState.FAILED: frozenset({MessageState.QUEUED}),
    MessageState.BOUNCED: frozenset(),
    MessageState.SUPPRESSED: frozenset({MessageState.QUEUED}),
    MessageState.CANCELLED: frozenset(),
}


def may_move(now: MessageState, then: MessageState) -> bool:
    return then in MOVES[now]


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
