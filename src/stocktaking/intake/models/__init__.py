"""What comes in and waits for somebody: replies in moderation, suggestions, claims, messages."""

from stocktaking.intake.models.claim import Claim
from stocktaking.intake.models.contact import Confirmation, ContactMessage
from stocktaking.intake.models.duplicates import DuplicateFamily, DuplicatePair
from stocktaking.intake.models.imports import ImportBatch, ImportProfile, ImportRow
from stocktaking.intake.models.moderation import (
    Check,
    Endorsement,
    Likeness,
    Moderation,
)
from stocktaking.intake.models.suggestion import Suggestion

__all__ = [
    "Check",
    "Claim",
    "Confirmation",
    "ContactMessage",
    "DuplicateFamily",
    "DuplicatePair",
    "Endorsement",
    "ImportBatch",
    "ImportProfile",
    "ImportRow",
    "Likeness",
    "Moderation",
    "Suggestion",
]
