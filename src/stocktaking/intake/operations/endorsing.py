"""A coordinator speaks for or against a reply from the own country or region."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import Endorsement
from stocktaking.intake.operations.holding import held, keep
from stocktaking.intake.operations.refusals import refused
from stocktaking.intake.permissions import require_scope
from stocktaking.intake.states import UNDECIDED, EndorsementVerdict


def endorse_reply(
    *, number: int, verdict: EndorsementVerdict, note: str = "", by: Person, at: dt.datetime
) -> Endorsement:
    """One verdict per scope; a later one replaces it. NotAllowed outside the own scope.

    It decides nothing: moderators read it.
    """
    note = note.strip()
    with transaction.atomic():
        moderation = held(number)
        scope = require_scope(by, moderation.reply, on=at.date())
        if moderation.reply.state not in UNDECIDED:
            raise refused("not_endorsable")
        if verdict is EndorsementVerdict.OBJECTED and not note:
            raise refused("note_missing", "note")
        row, _new = Endorsement.objects.update_or_create(
            reply=moderation.reply,
            scope=scope,
            defaults={"by": by, "verdict": verdict, "note": note, "at": at},
        )
        given = Endorsement.objects.filter(reply=moderation.reply)
        keep(
            moderation,
            endorsed=given.filter(verdict=EndorsementVerdict.ENDORSED).count(),
            objected=given.filter(verdict=EndorsementVerdict.OBJECTED).count(),
        )
        record(
            verb=f"reply_{verdict.value}",
            of=moderation.reply,
            by=by,
            at=at,
            detail={"scope": scope},
        )
        signals.reply_endorsed.send(
            sender=Reply, reply=moderation.reply, endorsement=row, by=by, at=at
        )
    return row
