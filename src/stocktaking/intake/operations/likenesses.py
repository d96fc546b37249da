"""Looking for entries that a reply may repeat, and remembering that it does not."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Reply
from stocktaking.history.operations import record
from stocktaking.intake.models import Likeness, Moderation
from stocktaking.intake.operations.holding import held, keep
from stocktaking.intake.operations.refusals import refused
from stocktaking.intake.queries.likenesses import likened_of_reply
from stocktaking.intake.rules.duplicates import Register
from stocktaking.intake.rules.likeness import Candidate
from stocktaking.intake.states import UNDECIDED
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import start_job
from stocktaking.jobs.states import JobState

TWINS = "intake.twins"


def ask_for_twins(*, at: dt.datetime) -> None:
    """One job serves all replies that wait; in a surge the first of them starts it."""
    if not Job.objects.filter(kind=TWINS, state=JobState.WAITING).exists():
        start_job(kind=TWINS, by=None, at=at)


def ask_for_overlooked(*, at: dt.datetime) -> int:
    """Start the job for replies that were sent while one already looked; how many wait."""
    waiting = Moderation.objects.filter(twins_sought_at=None, reply__state__in=UNDECIDED).count()
    if waiting:
        ask_for_twins(at=at)
    return waiting


def seek_twins(*, reply: Reply, register: Register, at: dt.datetime) -> list[Candidate]:
    """Find and keep the entries that look like a reply; what was dismissed stays dismissed.

    ``register`` holds all entries, read once for many replies.
    """
    found = [
        candidate
        for candidate in register.near(likened_of_reply(reply))
        if candidate.entry != reply.entry_id
    ]
    with transaction.atomic():
        known = {row.entry_id: row for row in Likeness.objects.filter(reply=reply)}
        for candidate in found:
            Likeness.objects.update_or_create(
                reply=reply,
                entry_id=candidate.entry,
                defaults={"score": candidate.score, "why": list(candidate.why)},
            )
        gone = known.keys() - {candidate.entry for candidate in found}
        Likeness.objects.filter(reply=reply, entry__in=gone, dismissed_at=None).delete()
        Moderation.objects.filter(reply=reply).update(alike=_open(reply), twins_sought_at=at)
    return found


def dismiss_likeness(*, likeness_id: int, by: Person | None, at: dt.datetime) -> Likeness:
    """They are two projects. Done twice, it changes nothing."""
    if by is not None:
        require(by, Capability.MODERATE_REPLIES)
    with transaction.atomic():
        row = Likeness.objects.filter(pk=likeness_id).first()
        if row is None:
            raise refused("likeness_unknown")
        moderation = held(row.reply_id)
        row.refresh_from_db()
        if row.dismissed_at is None:
            row.dismissed_at, row.dismissed_by_id = at, by.pk if by else None
            row.save(update_fields=["dismissed_at", "dismissed_by_id"])
            keep(moderation, alike=_open(moderation.reply))
            record(
                verb="likeness_dismissed",
                of=moderation.reply,
                by=by,
                at=at,
                detail={"entry": row.entry_id, "score": row.score},
            )
    return row


def _open(reply: Reply) -> int:
    return Likeness.objects.filter(reply=reply, dismissed_at=None).count()
