"""Beginning a reply: new, about an entry, or from another reply."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Organisation, Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls import registry, signals
from stocktaking.calls.models import Call, Reply, ReplyAuthor
from stocktaking.calls.operations.admitting import COUNTED, Sender, require_admission
from stocktaking.calls.operations.holding import require_open
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.permissions import require_author, require_speaker
from stocktaking.calls.queries.bindings import (
    bound,
    origin_of,
    title_of,
    write_origin,
)
from stocktaking.calls.states import Occasion, Part
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.questionnaires.operations import start_answers
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.rules.definition import Definition


def start_reply(
    *,
    call: Call,
    by: Person,
    at: dt.datetime,
    language: str,
    occasion: Occasion = Occasion.NEW,
    entry: Entry | None = None,
    organisation: Organisation | None = None,
) -> Reply:
    """A draft of ``by``, who is its lead author; about an entry it is filled in from there.

    Refused outside the window, the audience and the quotas. Who has a reply about the entry
    in hand gets that one. NotAllowed for an organisation or an entry that are not theirs.
    """
    return _begin(
        call, by=by, at=at, language=language, occasion=occasion, entry=entry,
        organisation=organisation,
    )  # fmt: skip


def copy_reply(*, reply: Reply, call: Call, by: Person, at: dt.datetime) -> Reply:
    """A new draft to an open call with the answers of another reply, also of an earlier call.

    Answers are taken over to questions of the same code and kind.
    """
    require_author(by, reply)
    return _begin(
        call,
        by=by,
        at=at,
        language=reply.language,
        occasion=Occasion.NEW,
        source=reply,
    )


def _begin(
    call: Call,
    *,
    by: Person,
    at: dt.datetime,
    language: str,
    occasion: Occasion,
    entry: Entry | None = None,
    organisation: Organisation | None = None,
    source: Reply | None = None,
) -> Reply:
    require(by, Capability.REPLY_TO_CALLS)
    if entry is not None and language not in languages.CODES:
        language = languages.DEFAULT  # an entry may be written in any language, a reply in six
    if language not in languages.CODES:
        raise refused("language_unknown", "language")
    with transaction.atomic():
        if entry is not None and (mine := _in_hand(call, entry, by)):
            return mine
        require_open(call, at, by)
        _check_entry(call, occasion, entry, by)
        if organisation is not None:
            require(by, Capability.EDIT_OWN_ORGANISATION, organisation)
        elif entry is not None:
            organisation = entry.organisation
        counts = occasion is Occasion.NEW
        require_admission(call, Sender.of(by, organisation), counts=counts)
        definition = definition_of(_version(call))
        answers = _first_answers(call, definition, language, entry, organisation, source)
        reply = Reply(
            call=call,
            answer_set=start_answers(
                version_id=_version(call), language=language, answers=answers, by=by, at=at
            ),
            occasion=occasion,
            entry=entry,
            copied_from=source,
            language=language,
            title=title_of(definition, answers),
            started_by=by,
            started_at=at,
            changed_at=at,
        )
        write_origin(reply, origin_of(definition, answers, person=by, organisation=organisation))
        try:
            with transaction.atomic():
                reply.save(force_insert=True)
        except IntegrityError:  # the constraint: somebody was faster by a moment
            raise refused("entry_has_reply") from None
        ReplyAuthor.objects.create(reply=reply, person=by, part=Part.LEAD, since=at)
        record(
            verb="reply_started",
            of=reply,
            by=by,
            at=at,
            detail={"call": call.slug, "occasion": str(occasion)},
        )
        signals.reply_started.send(sender=Reply, reply=reply, by=by, at=at)
    return reply


def _version(call: Call) -> int:
    if call.version_id is None:
        raise refused("call_not_open")
    return call.version_id


def _in_hand(call: Call, entry: Entry, by: Person) -> Reply | None:
    mine = Reply.objects.filter(call=call, entry=entry, state__in=COUNTED, authors__person=by)
    return mine.select_related("call", "answer_set").first()


def _check_entry(call: Call, occasion: Occasion, entry: Entry | None, by: Person) -> None:
    if occasion is Occasion.NEW:
        return
    if not call.confirms:
        raise refused("call_does_not_confirm")
    if entry is None:
        raise refused("entry_missing", "entry")
    require_speaker(by, entry)
    if entry.state != EntryState.PUBLISHED:
        raise refused("entry_not_published", "entry")
    if Reply.objects.filter(call=call, entry=entry, state__in=COUNTED).exists():
        raise refused("entry_has_reply")


def _first_answers(
    call: Call,
    definition: Definition,
    language: str,
    entry: Entry | None,
    organisation: Organisation | None,
    source: Reply | None,
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if organisation is not None:
        for question in bound(definition, "organisation"):
            answers[question.code] = {"number": organisation.pk}
    if entry is not None:
        kind = registry.kind_of(call.kind)
        answers |= kind.prefill(call=call, entry=entry, definition=definition, language=language)
    if source is not None:
        answers |= _carried_over(source, definition)
    return answers


def _carried_over(source: Reply, definition: Definition) -> dict[str, Any]:
    before = definition_of(source.answer_set.version_id)
    carried = {}
    for question in definition.questions():
        was = before.question(question.code)
        if was is not None and was.kind == question.kind:
            carried[question.code] = source.answer_set.answers.get(question.code)
    return {code: value for code, value in carried.items() if value is not None}
