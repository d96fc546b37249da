"""An accepted reply becomes an entry, or a new version of one."""

import datetime as dt
from dataclasses import replace

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import register_organisation
from stocktaking.calls.models import Reply
from stocktaking.calls.states import Occasion, Part
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import (
    confirm_entry_correct,
    create_entry,
    publish_entry,
    revise_entry,
)
from stocktaking.entries.states import Cause, EntryState
from stocktaking.intake import signals
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations.refusals import refused
from stocktaking.intake.queries.outcomes import (
    Outcome,
    named_organisation,
    outcome_of,
    sent_by,
)


def become(
    moderation: Moderation, *, publish: bool, by: Person | None, at: dt.datetime
) -> Entry | None:
    """Make the entry of an accepted reply, in the transaction of the caller, who holds the row.

    With ``publish`` everybody sees it at once. Else a new entry is made and stays unpublished,
    and an update changes nothing until ``show``. RulesBroken where the values cannot be saved.
    """
    reply = moderation.reply
    if reply.occasion == Occasion.NEW:
        entry = _created(moderation, publish=publish, by=by, at=at)
        reply.entry = entry
        Reply.objects.filter(pk=reply.pk).update(entry=entry)
    elif publish:
        entry = _revised(moderation, by=by, at=at)
    else:
        return None
    if publish:
        signals.reply_published.send(sender=Reply, reply=reply, entry=entry, by=by, at=at)
    return entry


def show(moderation: Moderation, *, by: Person | None, at: dt.datetime) -> Entry:
    """What was accepted for later is shown to everybody now."""
    reply = moderation.reply
    if reply.occasion == Occasion.NEW:
        waiting = Entry.objects.filter(number=reply.entry_id or 0).first()
        # an entry that somebody withdrew meanwhile does not come back by the clock
        if waiting is None or waiting.state == EntryState.WITHDRAWN:
            raise refused("entry_gone")
        entry = publish_entry(number=waiting.number, by=by, at=at)
    else:
        entry = _revised(moderation, by=by, at=at)
    signals.reply_published.send(sender=Reply, reply=reply, entry=entry, by=by, at=at)
    return entry


def _created(moderation: Moderation, *, publish: bool, by: Person | None, at: dt.datetime) -> Entry:
    reply = moderation.reply
    lead = reply.authors.filter(part=Part.LEAD).select_related("person").first()
    values = _outcome(reply, by=by, at=at).after
    return create_entry(
        values=replace(values, registered_on=moderation.first_submitted_at.date()),
        by=by,
        at=at,
        publish=publish,
        submitted_by=lead.person if lead else None,
    )


def _revised(moderation: Moderation, *, by: Person | None, at: dt.datetime) -> Entry:
    reply = moderation.reply
    # held, so that the content that the answers are laid over is still the newest when saved
    entry = Entry.objects.select_for_update().filter(number=reply.entry_id or 0).first()
    if entry is None or entry.state != EntryState.PUBLISHED:
        raise refused("entry_gone")
    outcome = _outcome(reply, by=by, at=at)
    revise_entry(
        number=entry.number,
        values=outcome.after,
        based_on=entry.version,
        by=by,
        at=at,
        reason=Cause.REPLY,
    )
    return confirm_entry_correct(number=entry.number, by=by, at=at)


def _outcome(reply: Reply, *, by: Person | None, at: dt.datetime) -> Outcome:
    sent = sent_by(reply)
    named = named_organisation(sent)
    number = named.number if named else None
    if named is not None and number is None:
        # registered, never joined: a reply makes nobody a member
        number = register_organisation(
            name=named.name,
            country=named.country or None,
            type=named.type or None,
            website=named.website,
            by=by,
            at=at,
        ).number
    return outcome_of(reply, sent, organisation=number)
