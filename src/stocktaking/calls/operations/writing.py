"""Saving what is typed. Never refused for the deadline: text is kept, sending is judged."""

import datetime as dt
from typing import Any

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls import signals
from stocktaking.calls.models import Reply
from stocktaking.calls.operations.holding import held_reply
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.permissions import require_author
from stocktaking.calls.queries.bindings import origin_of, title_of, write_origin
from stocktaking.calls.queries.facts import facts_of
from stocktaking.calls.states import WRITABLE, ReplyState
from stocktaking.questionnaires.operations import Saved, save_answers
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.rules.answers import effective

NOTHING: frozenset[str] = frozenset()


def save_reply(
    *,
    reply: Reply,
    answers: dict[str, Any],
    based_on: int,
    settled: frozenset[str] = NOTHING,
    settled_at: int | None = None,
    by: Person,
    at: dt.datetime,
) -> Saved:
    """Keep answers of a draft or a returned reply. ``answers`` holds the codes that the form
    showed, ``based_on`` is the revision it was filled in from; see ``save_answers`` for what
    is merged and what comes back as a conflict."""
    with transaction.atomic():
        held = held_reply(reply)
        require_author(by, held)
        if ReplyState(held.state) not in WRITABLE:
            raise refused("reply_not_writable")
        saved = save_answers(
            answer_set_id=held.answer_set_id,
            answers=answers,
            based_on=based_on,
            settled=settled,
            settled_at=settled_at,
            by=by,
            at=at,
        )
        if saved.changed:
            take_over(held, saved.answer_set.answers, at=at)
            signals.reply_saved.send(
                sender=Reply, reply=held, codes=tuple(saved.changed), by=by, at=at
            )
    return saved


def take_over(reply: Reply, answers: dict[str, Any], *, at: dt.datetime) -> None:
    """Title, organisation, country and stakeholder type as the answers say them, and save."""
    definition = definition_of(reply.answer_set.version_id)
    visible = effective(definition, answers, facts_of(reply))
    reply.title = title_of(definition, visible)
    origin = origin_of(
        definition, visible, person=reply.started_by, organisation=reply.organisation
    )
    write_origin(reply, origin)
    reply.changed_at = at
    reply.save(
        update_fields=[
            "title", "organisation", "organisation_name", "country", "stakeholder", "changed_at",
        ]
    )  # fmt: skip
