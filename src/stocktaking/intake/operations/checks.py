"""Setting up checks, and looking at everything again when one changes."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import Check, Moderation
from stocktaking.intake.operations.looking import look
from stocktaking.intake.operations.refusals import refused, stale
from stocktaking.intake.queries.checks import active_checks
from stocktaking.intake.queries.questions import questions_asked
from stocktaking.intake.rules.checks import wrong_with
from stocktaking.intake.states import UNDECIDED, Severity
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import start_job
from stocktaking.jobs.states import JobState
from stocktaking.questionnaires.operations.refusals import of as refusal_of
from stocktaking.questionnaires.rules.values import Fault

RECHECK = "intake.checks"
CHUNK = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def save_check(
    *,
    slug: str,
    severity: str,
    condition: Mapping[str, Any],
    message: Mapping[str, str],
    place: str = "",
    to_submitter: bool = False,
    calls: Sequence[str] = (),
    active: bool = True,
    based_on: int | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Check:
    """Make a check, or change the one of this name; every open reply is looked at again.

    ``based_on`` is its ``lock`` (StaleVersion where somebody saved since); None makes a new one
    and refuses a name that is taken.
    """
    if by is not None:
        require(by, Capability.MANAGE_CHECKS)
    stated = {
        "severity": _severity(severity),
        "condition": dict(condition),
        "message": {code: text.strip() for code, text in message.items() if text.strip()},
        "place": place,
        "to_submitter": to_submitter,
        "calls": list(calls),
        "active": active,
    }
    _check(slug, stated)
    with transaction.atomic():
        row = Check.objects.select_for_update().filter(slug=slug).first()
        if based_on is None:
            row, created = Check.objects.get_or_create(slug=slug, defaults=stated)
            if not created:
                raise refused("check_exists", "slug")
            record(verb="created", of=row, by=by, at=at)
        elif row is None:
            raise refused("check_unknown", "slug")
        elif row.lock != based_on:
            raise stale("stale_check")
        else:
            changed = [name for name, value in stated.items() if getattr(row, name) != value]
            if not changed:
                return row
            for name in changed:
                setattr(row, name, stated[name])
            row.lock += 1
            row.save()
            record(verb="revised", of=row, by=by, at=at, detail={"changed": changed})
        ask_to_look_again(by=by, at=at)
        signals.check_saved.send(sender=Check, check=row, by=by, at=at)
    return row


def _severity(stated: str) -> str:
    try:
        return Severity(stated).value
    except ValueError:
        raise refused("severity_unknown", "severity") from None


def ask_to_look_again(*, by: Person | None, at: dt.datetime) -> None:
    """One job for however many changes: who finds one waiting starts none."""
    if not Job.objects.filter(kind=RECHECK, state=JobState.WAITING).exists():
        start_job(kind=RECHECK, by=by, at=at)


def look_again(*, after: int, at: dt.datetime) -> tuple[int, int]:
    """Look at the next replies behind a number; how many, and the last number (0: the end)."""
    checks = active_checks()
    rows = list(
        Moderation.objects.filter(reply__state__in=UNDECIDED, reply_id__gt=after)
        .select_related("reply__call", "reply__answer_set")
        .order_by("reply_id")[:CHUNK]
    )
    for row in rows:
        # no act of a person: the lock stays, and who decides meanwhile is not disturbed
        columns = look(row, checks=checks, at=at).columns()
        # one that was sent anew meanwhile was looked at then
        same = Moderation.objects.filter(pk=row.pk, reply__submitted_at=row.reply.submitted_at)
        same.update(**columns)
    return len(rows), rows[-1].reply_id if len(rows) == CHUNK else 0


def _check(slug: str, stated: Mapping[str, Any]) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise refused("slug_malformed", "slug")
    if not stated["message"]:
        raise refused("message_missing", "message")
    known = set(Call.objects.filter(slug__in=stated["calls"]).values_list("slug", flat=True))
    if set(stated["calls"]) - known:
        raise refused("call_unknown", "calls")
    questions = questions_asked()
    if found := wrong_with(stated["condition"], questions):
        raise refusal_of(found[0])
    if stated["place"] and stated["place"] not in questions:
        raise refusal_of(Fault("condition_asks_unknown", "place", {"name": stated["place"]}))
