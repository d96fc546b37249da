"""Once a year: is this entry still correct?"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import confirm_entry_correct
from stocktaking.entries.permissions import acts_for
from stocktaking.entries.rules.links import hash_of, new_secret
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import Confirmation
from stocktaking.intake.operations.participating import public_entry, refused
from stocktaking.intake.queries.freshness import ToAsk, people_to_ask, was_asked_lately
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import start_job

JOB = "intake.ask_confirmation"
OLDER_THAN = settings.AGEING_AFTER_DAYS
LINK_WORKS = dt.timedelta(days=90)
MOST = 200  # entries in one mail


@dataclass(frozen=True)
class Outcome:
    """``skipped`` people were asked within the last year."""

    mails: int
    entries: int
    skipped: int

    def __str__(self) -> str:
        return f"mails {self.mails}, entries {self.entries}, skipped {self.skipped}"


def ask_confirmation(
    *,
    older_than: int = OLDER_THAN,
    dry_run: bool = False,
    by: Person | None,
    at: dt.datetime,
    most: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Outcome:
    """Write to everybody (at most ``most``) who acts for an organisation with entries that were
    neither registered nor confirmed within ``older_than`` days: one mail each, a link per entry.

    Each mail is a transaction of its own, and an address gets one a year: when a run breaks
    off, the next one goes on.
    """
    if by is not None:
        require(by, Capability.MODERATE_REPLIES)
    before = (at - dt.timedelta(days=older_than)).date()
    people, skipped = people_to_ask(before=before, at=at, most=most)
    entries = 0
    for done, asked in enumerate(people, start=1):
        entries += len(asked.entries[:MOST])
        if not dry_run:
            _ask(asked, by, at)
        if progress is not None:
            progress(done, len(people))
    return Outcome(len(people), entries, skipped)


def start_asking(*, older_than: int = OLDER_THAN, by: Person, at: dt.datetime) -> Job:
    """Let a job ask."""
    require(by, Capability.MODERATE_REPLIES)
    return start_job(kind=JOB, arguments={"older_than": older_than}, by=by, at=at)


@transaction.atomic
def confirm_by_link(*, token: str, at: dt.datetime) -> Entry:
    """The link of a mail says that an entry is still correct: once, in time, and as long as the
    person whom the mail went to acts for it. RuleBroken ``link_over`` else."""
    rows = Confirmation.objects.select_for_update().filter(token_hash=hash_of(token))
    asked = rows.first()
    if asked is None or asked.confirmed_at is not None or asked.expires_at <= at:
        raise refused("link_over")
    entry = public_entry(asked.entry_id)
    person = Person.objects.filter(pk=asked.person_id or 0, is_active=True).first()
    if not acts_for(person, entry):
        raise refused("link_over")
    asked.confirmed_at = at
    asked.save(update_fields=["confirmed_at"])
    return confirm_entry_correct(number=entry.number, by=person, at=at)


def forget_confirmations(*, before: dt.datetime) -> int:
    """Remove rows of links that were sent before a moment; the number removed."""
    return Confirmation.objects.filter(asked_at__lt=before).delete()[0]


@transaction.atomic
def _ask(asked: ToAsk, by: Person | None, at: dt.datetime) -> None:
    # held and looked at again: two runs at once write to nobody twice
    person = Person.objects.select_for_update(no_key=True).filter(pk=asked.person.pk).first()
    if person is None or was_asked_lately(person.email, at=at):
        return
    secrets = [(number, new_secret()) for number in asked.entries[:MOST]]
    Confirmation.objects.bulk_create(
        Confirmation(
            entry_id=number,
            email=person.email,
            person_id=person.pk,
            token_hash=hash_of(secret),
            asked_at=at,
            expires_at=at + LINK_WORKS,
        )
        for number, secret in secrets
    )
    detail = {"entries": len(secrets)}
    record(verb="confirmation_asked", of=person, by=by, at=at, detail=detail)
    signals.confirmation_asked.send(
        sender=Confirmation, person=person, secrets=secrets, expires=at + LINK_WORKS, at=at
    )
