"""Which mails follow what happens to what comes in: one module for each subject."""

from stocktaking.intake.notifications import participation, replies
from stocktaking.outbox.registry import MailKind

KINDS: tuple[MailKind, ...] = (*replies.KINDS, *participation.KINDS)
