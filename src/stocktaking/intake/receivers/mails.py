"""Which mails follow what happens to replies in moderation."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.calls.signals import reply_accepted
from stocktaking.calls.states import Occasion
from stocktaking.entries.models import Entry
from stocktaking.intake import signals
from stocktaking.intake.models import Moderation
from stocktaking.intake.notifications import replies as mails
from stocktaking.threads.models import Comment, Thread
from stocktaking.threads.signals import comment_said

ABOUT = "calls.reply"


@receiver(signals.reply_published)
def published(sender: Any, reply: Reply, entry: Entry, at: dt.datetime, **told: Any) -> None:
    if reply.occasion != Occasion.CONFIRM:  # nothing changed: that it arrived says it all
        mails.tell_published(reply, entry, at=at)


@receiver(reply_accepted)
def scheduled(
    sender: Any, reply: Reply, at: dt.datetime, publish_at: dt.datetime | None, **told: Any
) -> None:
    if publish_at is not None:
        mails.tell_scheduled(reply, publish_at, at=at)


@receiver(signals.reply_commented)
def commented(sender: Any, reply: Reply, comment: Comment, at: dt.datetime, **told: Any) -> None:
    if comment.thread.audience == Thread.Audience.PARTIES:
        mails.tell_comment(reply, comment.text, at=at)


@receiver(comment_said)
def answered(sender: Any, comment: Comment, thread: Thread, at: dt.datetime, **told: Any) -> None:
    """What an author says is told to the moderator who has the reply."""
    if thread.about_type != ABOUT or comment.from_staff:
        return
    row = (
        Moderation.objects.filter(reply=int(thread.about_id))
        .exclude(assigned_to=None)
        .select_related("reply__call", "assigned_to")
        .first()
    )
    if row is not None and row.assigned_to is not None:
        mails.tell_answer(row.reply, row.assigned_to, comment.text, at=at)


@receiver(signals.reply_assigned)
def assigned(
    sender: Any,
    reply: Reply,
    person: Person | None,
    by: Person | None,
    at: dt.datetime,
    **told: Any,
) -> None:
    if person is not None and person != by:
        mails.tell_assigned(reply, person, at=at)
