"""What has served its time in suggestions, messages and questions to owners."""

import datetime as dt

from stocktaking.intake.operations.asking import forget_confirmations
from stocktaking.intake.operations.contacting import forget_messages
from stocktaking.intake.operations.imports import forget_trials
from stocktaking.intake.operations.suggesting import forget_suggesters

KEEP_MESSAGES = dt.timedelta(days=90)  # so that abuse can be looked into
KEEP_SUGGESTERS = dt.timedelta(days=90)  # after the answer
KEEP_CONFIRMATIONS = dt.timedelta(days=800)  # an address is asked once a year: longer than that

KEEP_TRIALS = dt.timedelta(days=30)


def forget_participation(*, at: dt.datetime) -> dict[str, int]:
    """Remove what is over; the numbers of rows by what they are called."""
    return {
        "messages to projects": forget_messages(before=at - KEEP_MESSAGES),
        "addresses of suggesters": forget_suggesters(before=at - KEEP_SUGGESTERS),
        "trials of imports": forget_trials(before=at - KEEP_TRIALS),
        "old confirmations": forget_confirmations(before=at - KEEP_CONFIRMATIONS),
    }
