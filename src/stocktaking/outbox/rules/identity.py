"""The Message-ID of a message: the same at every try, so that a mail program keeps one copy."""

import re
import uuid

_ID = re.compile(r"\s*<?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@[^<>\s]{1,255}>?\s*", re.I)


def message_id(number: uuid.UUID, host: str) -> str:
    return f"<{number}@{host}>"


def number_of(identity: str) -> uuid.UUID | None:
    """The message that a Message-ID names, or None where it is not one of ours."""
    found = _ID.fullmatch(identity)
    return uuid.UUID(found[1]) if found else None
