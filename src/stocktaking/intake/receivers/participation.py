"""What follows when something comes in, when people go, and when organisations become one."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import organisations_merged
from stocktaking.intake import signals
from stocktaking.intake.models import Claim, ContactMessage, Suggestion
from stocktaking.intake.notifications import participation as mails
from stocktaking.intake.notifications import sending
from stocktaking.intake.operations.claiming import follow_merger
from stocktaking.intake.queries.contact import Recipient
from stocktaking.intake.rules.places import TERMS
from stocktaking.intake.states import SuggestionKind


@receiver(signals.suggestion_made)
def tell_owners(sender: Any, suggestion: Suggestion, at: dt.datetime, **told: Any) -> None:
    if suggestion.kind == SuggestionKind.EDIT:
        sending.tell_owners_of_suggestion(suggestion, at)


@receiver(signals.suggestion_decided)
def answer(sender: Any, suggestion: Suggestion, at: dt.datetime, **told: Any) -> None:
    sending.answer_suggester(suggestion, at)
    if suggestion.place == TERMS and suggestion.taken_version:
        sending.tell_owners_of_line(suggestion, at)


@receiver(signals.claim_opened)
def ask_owners(sender: Any, claim: Claim, at: dt.datetime, **told: Any) -> None:
    sending.ask_owners_about_claim(claim, at)


@receiver(signals.claim_granted)
def tell_both(sender: Any, claim: Claim, at: dt.datetime, **told: Any) -> None:
    sending.tell_of_granted_claim(claim, at)


@receiver(signals.claim_declined)
def tell_declined(sender: Any, claim: Claim, at: dt.datetime, **told: Any) -> None:
    sending.tell_of_ended_claim(claim, mails.CLAIM_DECLINED, at)


@receiver(signals.claim_expired)
def tell_expired(sender: Any, claim: Claim, at: dt.datetime, **told: Any) -> None:
    sending.tell_of_ended_claim(claim, mails.CLAIM_EXPIRED, at)


@receiver(signals.message_passed_on)
def pass_on(
    sender: Any,
    message: ContactMessage,
    recipients: Sequence[Recipient],
    at: dt.datetime,
    **told: Any,
) -> None:
    sending.pass_on(message, recipients, at)


@receiver(signals.confirmation_asked)
def ask_whether_correct(
    sender: Any,
    person: Person,
    secrets: Sequence[tuple[int, str]],
    expires: dt.datetime,
    at: dt.datetime,
    **told: Any,
) -> None:
    sending.ask_whether_correct(person, secrets, expires, at)


@receiver(organisations_merged)
def follow(sender: Any, kept: int, merged: int, at: dt.datetime, **told: Any) -> None:
    follow_merger(kept=kept, merged=merged, at=at)
