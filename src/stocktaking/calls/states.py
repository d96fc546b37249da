"""The life of a call and of a reply."""

from enum import StrEnum


class CallState(StrEnum):
    """Whether a published call is open follows from its window, not from a state."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


CALL_MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.PUBLISHED, CallState.CANCELLED}),
    CallState.PUBLISHED: frozenset({CallState.CANCELLED}),
    CallState.CANCELLED: frozenset(),
}


class ReplyState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


REPLY_MOVES: dict[ReplyState, frozenset[ReplyState]] = {
    ReplyState.DRAFT: frozenset({ReplyState.SUBMITTED, ReplyState.WITHDRAWN}),
    ReplyState.SUBMITTED: frozenset(
        {
            ReplyState.RETURNED,
            ReplyState.ACCEPTED,
            ReplyState.DECLINED,
            ReplyState.WITHDRAWN,
        }
    ),
    ReplyState.RETURNED: frozenset(
        {ReplyState.SUBMITTED, ReplyState.DECLINED, ReplyState.WITHDRAWN}
    ),
    ReplyState.ACCEPTED: frozenset(),
    ReplyState.DECLINED: frozenset({ReplyState.SUBMITTED}),  # a moderator takes it up again
    ReplyState.WITHDRAWN: frozenset(),
}
# In these its authors may still change what it says.
WRITABLE = frozenset({ReplyState.DRAFT, ReplyState.RETURNED})


def call_may_move(now: CallState, then: CallState) -> bool:
    return then in CALL_MOVES[now]


def may_move(now: ReplyState, then: ReplyState) -> bool:
    return then in REPLY_MOVES[now]


class Occasion(StrEnum):
    """What a reply to a call for entries is about."""

    NEW = "new"
    UPDATE = "update"
    CONFIRM = "confirm"


class Part(StrEnum):
    """What an author is to a reply."""

    LEAD = "lead"
    CO_AUTHOR = "co_author"


class LetterKind(StrEnum):
    LETTER = "letter"
    REMINDER = "reminder"
    EXTENSION = "extension"
    NOTICE = "notice"


class LetterState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
