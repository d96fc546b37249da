"""The life of an entry. A published one never disappears while its update waits."""

from enum import StrEnum


class EntryState(StrEnum):
    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


MOVES: dict[EntryState, frozenset[EntryState]] = {
    EntryState.UNPUBLISHED: frozenset({EntryState.PUBLISHED, EntryState.WITHDRAWN}),
    EntryState.PUBLISHED: frozenset({EntryState.WITHDRAWN}),
    # unpublished: an import that was undone is done again, for people to look at first
    EntryState.WITHDRAWN: frozenset({EntryState.PUBLISHED, EntryState.UNPUBLISHED}),
}

_UNDONE = "import_undone:"  # stands as the reason of a withdrawal; readers see words for it


def reason_of_undoing(batch: int) -> str:
    """The reason why an entry is withdrawn whose import was undone."""
    return f"{_UNDONE}{batch}"


def withdrawn_by_undoing(reason: str) -> str:
    """The number of the import whose undoing is the reason of a withdrawal, else ""."""
    number = reason.removeprefix(_UNDONE)
    return number if number != reason and number.isdecimal() else ""


def may_move(now: EntryState, then: EntryState) -> bool:
    return then in MOVES[now]


class Origin(StrEnum):
    """Who wrote a text."""

    AUTHOR = "author"
    HUMAN = "human"
    MACHINE = "machine"


class Basis(StrEnum):
    """Who says that a term fits. Confirmed ones are drawn solid, the others dashed."""

    OWNER = "owner"
    EDITOR = "editor"
    IMPORT = "import"
    SUGGESTED = "suggested"


class Cause(StrEnum):
    """Stands as the reason of a version that nobody wrote by hand; a reader sees words for it."""

    IMPORT = "import"
    IMPORT_UNDONE = "import_undone"
    ORGANISATIONS_MERGED = "organisations_merged"
    REPLY = "reply"
    SUGGESTION = "suggestion"
    TRANSFER = "transfer"
    COLLECTION = "collection"
    MERGED = "merged"
    MERGE_UNDONE = "merge_undone"


class PartnerRole(StrEnum):
    PARTNER = "partner"
    FUNDER = "funder"
    IMPLEMENTER = "implementer"
    DEVELOPER = "developer"


class LinkKind(StrEnum):
    WEBSITE = "website"
    SOURCE = "source"
    EVIDENCE = "evidence"


class CollectionState(StrEnum):
    """A closed collection is read like any other and takes in nothing more."""

    OPEN = "open"
    CLOSED = "closed"


class InvitationState(StrEnum):
    """An entry was invited into a collection; its owner says yes or no, or was asked in vain."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
