"""What is done again and again: what has a moment of its own, and removing rows whose time is over.

The search index's change log stays: its length is the data version that every node's answers
and ETags agree on.
"""

import datetime as dt
import logging
import threading

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections

from stocktaking.accounts.operations.expiry import (
    remove_expired_invitations,
    remove_spent_links,
    remove_unconfirmed_sign_ups,
)
from stocktaking.calls.operations import forget_invitations, post_due
from stocktaking.calls.operations.reminding import remind_of_drafts
from stocktaking.files.operations import expire_uploads
from stocktaking.follow.operations import ask_for_digests
from stocktaking.guards.operations import forget_paces, forget_proofs
from stocktaking.history.operations import forget_answers
from stocktaking.intake.operations import publish_due
from stocktaking.intake.operations.asking import ask_confirmation
from stocktaking.intake.operations.claiming import expire_claims
from stocktaking.intake.operations.duplicates_sought import ask_now_and_then
from stocktaking.intake.operations.keeping import forget_participation
from stocktaking.intake.operations.likenesses import ask_for_overlooked
from stocktaking.kernel import clock
from stocktaking.outbox.operations import forget_messages, forget_texts

log = logging.getLogger(__name__)
EVERY = 3600.0  # seconds
LOOK_EVERY = 60.0  # seconds; so late at most is what was to be done at a moment
KEEP_ANSWERS = dt.timedelta(days=2)
ASKED_AT_ONCE = 500  # owners an hour


def due(*, at: dt.datetime) -> dict[str, int]:
    """Do what was to be done at a moment that has come; how much of each kind."""
    return {
        "replies published": publish_due(at=at),
        "claims ended": expire_claims(at=at),
        "letters sent": post_due(at=at),
        "replies to compare": ask_for_overlooked(at=at),
        "looks for duplicates": ask_now_and_then(at=at),
        "followers to tell": ask_for_digests(at=at),
    }


def remind(*, at: dt.datetime) -> dict[str, int]:
    """Write to those who wait for nobody: owners of entries that age, authors of old drafts.

    Asked again and again it writes once; where it is killed the next one goes on.
    """
    if not settings.REMINDERS:
        return {"owners asked": 0, "authors reminded": 0}
    return {
        "owners asked": ask_confirmation(by=None, at=at, most=ASKED_AT_ONCE).mails,
        "authors reminded": remind_of_drafts(at=at),
    }


def tick(*, at: dt.datetime) -> dict[str, int]:
    """Do all periodic work once; returns how many rows of each kind were removed."""
    call_command("clearsessions")
    return {
        "sign-in links": remove_spent_links(before=at),
        "expired invitations": remove_expired_invitations(before=at),
        "invitations to write": forget_invitations(before=at),
        "unconfirmed sign-ups": remove_unconfirmed_sign_ups(at=at),
        "paces of requests": forget_paces(before=at),
        "old uploads": expire_uploads(at=at),
        "spent proofs": forget_proofs(before=at),
        "texts of mails": forget_texts(at=at),
        "old mails": forget_messages(at=at),
        **forget_participation(at=at),
        "kept answers": forget_answers(before=at - KEEP_ANSWERS),
    }


def tick_until(stop: threading.Event) -> None:
    """Do what is due every minute, tick and remind at once and then every hour, until told to
    stop."""
    since = EVERY
    while True:
        close_old_connections()
        try:
            due(at=clock.now())
            if since >= EVERY:
                tick(at=clock.now())
                remind(at=clock.now())
                since = 0.0
        except Exception:  # a database that restarts, or a fault here, must not end the worker
            log.exception("the periodic work could not be done")
        if stop.wait(LOOK_EVERY):
            return
        since += LOOK_EVERY
