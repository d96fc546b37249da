"""Sending a reply: judged by the moment of arrival, kept as a snapshot."""

import datetime as dt
from typing import Any

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls import registry, signals
from stocktaking.calls.models import Reply, ReplySnapshot
from stocktaking.calls.operations.admitting import Sender, require_admission
from stocktaking.calls.operations.holding import held_reply, lead_of, move, require_open
from stocktaking.calls.operations.refusals import refused, stale
from stocktaking.calls.operations.writing import take_over
from stocktaking.calls.permissions import require_author
from stocktaking.calls.queries.bindings import sender_of
from stocktaking.calls.queries.facts import facts_of
from stocktaking.calls.rules.sending import fingerprint
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.history.operations import record
from stocktaking.questionnaires.operations import lock_answers
from stocktaking.questionnaires.operations.refusals import all_of
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.queries import known_for
from stocktaking.questionnaires.rules.answers import Fault, effective, faults
from stocktaking.questionnaires.rules.definition import Definition

# What an organisation or a person has really sent.
SENT = (ReplyState.SUBMITTED, ReplyState.RETURNED, ReplyState.ACCEPTED)


def submit_reply(*, reply: Reply, based_on: int, by: Person, at: dt.datetime) -> ReplySnapshot:
    """Send a reply; ``at`` is when the request arrived, ``based_on`` the revision that the
    sender looked at.

    RulesBroken with every fault; ``reply_changed`` (StaleVersion) where a co-author changed it
    meanwhile; ``call_closed``; refused where the call is not for whom the answers name now, or
    has no room left for them. A returned reply may be sent again whatever the time. Sent twice,
    it is the same snapshot. ``entry_not_published`` where the entry that it is about was withdrawn
    or merged meanwhile.
    """
    with transaction.atomic():
        held = held_reply(reply)
        require_author(by, held)
        if held.state in (ReplyState.SUBMITTED, ReplyState.ACCEPTED):
            return held.snapshots.order_by("-number")[0]
        again = held.state == ReplyState.RETURNED
        if not again and held.state == ReplyState.DRAFT:
            require_open(held.call, at, by)
        _require_entry(held)
        answers = held.answer_set
        if answers.revision != based_on:
            raise stale("reply_changed")
        definition = definition_of(answers.version_id)
        if found := faults_of(held, definition, answers.answers, at=at):
            raise all_of(found)
        sent = effective(definition, answers.answers, facts_of(held))
        require_admission(
            held.call,
            _sender(held, definition, sent),
            counts=held.occasion == Occasion.NEW,  # drafts are free, what is sent counts
            besides=held,
            states=SENT,
        )
        move(held, ReplyState.SUBMITTED)
        snapshot = ReplySnapshot.objects.create(
            reply=held,
            number=held.snapshots.count() + 1,
            revision=answers.revision,
            version_id=answers.version_id,
            answers=sent,
            sha256=fingerprint(sent),
            by_id=by.pk,
            at=at,
        )
        lock_answers(answer_set_id=answers.pk, by=by, at=at)
        take_over(held, answers.answers, at=at)
        held.submitted_at, held.decided_at, held.reason = at, None, ""
        held.save(update_fields=["state", "submitted_at", "decided_at", "reason"])
        record(
            verb="reply_submitted",
            of=held,
            by=by,
            at=at,
            detail={"snapshot": snapshot.number, "sha256": snapshot.sha256},
        )
        signals.reply_submitted.send(
            sender=Reply, reply=held, snapshot=snapshot, by=by, at=at, again=again
        )
    return snapshot


def _require_entry(reply: Reply) -> None:
    """What is said of an entry needs one that is published still: held, so that it does not go
    into another one in this moment."""
    if reply.occasion == Occasion.NEW:
        return
    entry = Entry.objects.select_for_update().filter(pk=reply.entry_id or 0).first()
    if entry is None or entry.state != EntryState.PUBLISHED:
        raise refused("entry_not_published")


def _sender(reply: Reply, definition: Definition, answers: dict[str, Any]) -> Sender:
    lead = lead_of(reply)
    origin = sender_of(definition, answers, person=lead, organisation=reply.organisation)
    return Sender(lead, origin)


def faults_of(
    reply: Reply, definition: Definition, answers: dict[str, Any], *, at: dt.datetime
) -> list[Fault]:
    """Everything that stops sending: of the questionnaire, then of the kind of call."""
    facts = facts_of(reply)
    around = known_for(definition, answers, today=at.date())
    found = list(faults(definition, answers, facts, around))
    kind = registry.kind_of(reply.call.kind)
    visible = effective(definition, answers, facts)
    return found + list(kind.faults(reply=reply, definition=definition, answers=visible))
