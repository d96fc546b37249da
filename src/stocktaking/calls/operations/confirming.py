"""Last year's entries in one click: still correct."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.operations.sending import submit_reply
from stocktaking.calls.operations.starting import start_reply
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.entries.models import Entry
from stocktaking.kernel.errors import NotAllowed, Refused, RuleBroken


def confirm_entry(*, call: Call, entry: Entry, by: Person, at: dt.datetime) -> Reply:
    """A reply that says "still correct", filled in from the entry and sent at once.

    RulesBroken where the entry does not answer what the call asks: nothing is kept then, and
    the owner updates it instead. Confirmed twice, it is the same reply.
    """
    with transaction.atomic():
        reply = start_reply(
            call=call,
            by=by,
            at=at,
            language=entry.original_language,
            occasion=Occasion.CONFIRM,
            entry=entry,
        )
        if reply.occasion != Occasion.CONFIRM and reply.state != ReplyState.ACCEPTED:
            raise refused("entry_has_reply")  # an update is in hand, which says more
        if reply.state in (ReplyState.DRAFT, ReplyState.RETURNED):
            submit_reply(reply=reply, based_on=reply.answer_set.revision, by=by, at=at)
        reply.refresh_from_db()
    return reply


@dataclass(frozen=True)
class Confirmed:
    """What became of one entry: the reply, or why there is none."""

    entry: int
    reply: Reply | None = None
    refusal: Refused | None = None


def confirm_entries(
    *, call: Call, entries: Sequence[int], by: Person, at: dt.datetime
) -> list[Confirmed]:
    """Each of several entries by its number, with a verdict for each; one does not undo another.

    Entries that are not theirs, or do not exist, are refused alike.
    """
    rows = Entry.objects.select_related("organisation").in_bulk(set(entries))
    found = []
    for number in dict.fromkeys(entries):
        try:
            if (entry := rows.get(number)) is None:
                raise refused("entry_missing")
            reply = confirm_entry(call=call, entry=entry, by=by, at=at)
        except NotAllowed:
            found.append(Confirmed(number, refusal=refused("entry_missing")))
        except RuleBroken as error:
            found.append(Confirmed(number, refusal=error))
        else:
            found.append(Confirmed(number, reply=reply))
    return found
