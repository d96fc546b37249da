"""States of what comes in besides replies, and the words of checks and claims."""

from enum import StrEnum

from stocktaking.calls.states import ReplyState

ENTRIES = "entries"  # the kind of call whose replies become entries
# In these nobody has decided yet, and somebody may still speak for or against a reply.
UNDECIDED = (ReplyState.SUBMITTED, ReplyState.RETURNED)


class PairState(StrEnum):
    """Two entries that may be one: somebody decides."""

    OPEN = "open"
    APART = "apart"  # two projects; asked again only where they became more alike
    MERGED = "merged"


class Severity(StrEnum):
    """An ``error`` stops acceptance, a ``warning`` asks for a look, a ``hint`` helps."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class EndorsementVerdict(StrEnum):
    ENDORSED = "endorsed"
    OBJECTED = "objected"


class SuggestionKind(StrEnum):
    ERROR = "error"  # somebody of the public says that something is wrong
    EDIT = "edit"  # somebody proposes other words


class SuggestionState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


class OwnerVerdict(StrEnum):
    """What those who act for an entry say of a suggestion; staff decide."""

    AGREED = "agreed"
    AGAINST = "against"


class ClaimKind(StrEnum):
    MEMBERSHIP = "membership"  # a person wants to act for an organisation
    TRANSFER = "transfer"  # an entry without a known owner belongs to an organisation


class ClaimMethod(StrEnum):
    MAIL_DOMAIN = "mail_domain"
    WEBSITE_CODE = "website_code"
    BY_HAND = "by_hand"


class ClaimState(StrEnum):
    OPEN = "open"
    PROVED = "proved"
    GRANTED = "granted"
    DECLINED = "declined"
    EXPIRED = "expired"


CLAIM_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.OPEN: frozenset(
        {ClaimState.PROVED, ClaimState.GRANTED, ClaimState.DECLINED, ClaimState.EXPIRED}
    ),
    ClaimState.PROVED: frozenset({ClaimState.GRANTED, ClaimState.DECLINED}),
    ClaimState.GRANTED: frozenset(),
    ClaimState.DECLINED: frozenset(),
    ClaimState.EXPIRED: frozenset(),
}


class BatchState(StrEnum):
    """The life of an import."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


BATCH_MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.WAITING: frozenset({BatchState.RUNNING, BatchState.CANCELLED, BatchState.FAILED}),
    BatchState.RUNNING: frozenset({BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED}),
    # what was stopped can go on, or be undone
    BatchState.CANCELLED: frozenset({BatchState.RUNNING, BatchState.UNDOING}),
    BatchState.FAILED: frozenset({BatchState.RUNNING, BatchState.UNDOING}),
    BatchState.DONE: frozenset({BatchState.UNDOING}),
    BatchState.UNDOING: frozenset({BatchState.UNDONE}),
    BatchState.UNDONE: frozenset(),
}


class RowVerdict(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
