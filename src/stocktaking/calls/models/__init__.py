"""Calls, the letters that go out for them, and what comes back."""

from stocktaking.calls.models.call import Allowance, Call, CallExtension
from stocktaking.calls.models.letter import (
    Letter,
    LetterText,
    Recipient,
    RecipientGroup,
)
from stocktaking.calls.models.reply import AuthorInvitation, Reply, ReplyAuthor, ReplySnapshot

__all__ = [
    "Allowance",
    "AuthorInvitation",
    "Call",
    "CallExtension",
    "Letter",
    "LetterText",
    "Recipient",
    "RecipientGroup",
    "Reply",
    "ReplyAuthor",
    "ReplySnapshot",
]
