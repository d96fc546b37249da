"""A call goes out, is cancelled, or ends later than announced."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls import signals
from stocktaking.calls.models import Allowance, Call, CallExtension
from stocktaking.calls.operations.calls import require_organiser
from stocktaking.calls.operations.holding import held_call
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.queries.windows import window_of
from stocktaking.calls.rules.values import Texts, said
from stocktaking.calls.rules.window import is_end_of_a_day_anywhere
from stocktaking.calls.states import CallState, call_may_move
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.models import Questionnaire
from stocktaking.questionnaires.operations import freeze_version
from stocktaking.questionnaires.queries import newest_frozen
from stocktaking.questionnaires.states import VersionState


def publish_call(*, call: Call, by: Person | None, at: dt.datetime) -> Call:
    """Show the call to everybody; it opens by itself. Freezes the questionnaire and pins it:
    every reply answers the same questions. Twice is once."""
    require_organiser(by)
    with transaction.atomic():
        held = held_call(call)
        if held.state == CallState.PUBLISHED:
            return held
        _move(held, CallState.PUBLISHED)
        if held.closes_at <= at:
            raise refused("extension_in_past", "closes_at")
        held.version_id = _frozen(held.questionnaire, by=by, at=at)
        held.published_at = at
        held.lock += 1
        held.save()
        record(verb="call_published", of=held, by=by, at=at, detail={"version": held.version_id})
        signals.call_published.send(sender=Call, call=held, by=by, at=at)
    return held


def cancel_call(*, call: Call, reason: Texts, by: Person | None, at: dt.datetime) -> Call:
    """Nothing is taken any more; the page stays and says why. What was written is kept."""
    require_organiser(by)
    if not (reason := said(reason)):
        raise refused("reason_missing", "reason")
    with transaction.atomic():
        held = held_call(call)
        if held.state == CallState.CANCELLED:
            return held
        _move(held, CallState.CANCELLED)
        held.cancelled_because, held.cancelled_at = reason, at
        held.lock += 1
        held.save()
        record(verb="call_cancelled", of=held, by=by, at=at)
        signals.call_cancelled.send(sender=Call, call=held, by=by, at=at)
    return held


def extend_call(
    *, call: Call, closes_at: dt.datetime, reason: Texts, by: Person | None, at: dt.datetime
) -> CallExtension:
    """A later end for everybody, with the reason that everybody reads, also after the first
    end has passed. The same end twice is one extension."""
    require_organiser(by)
    if not (reason := said(reason)):
        raise refused("reason_missing", "reason")
    with transaction.atomic():
        held = held_call(call)
        if held.state != CallState.PUBLISHED:
            raise refused("call_move_refused")
        newest = held.extensions.order_by("-at", "-pk").first()
        if newest and newest.becomes == closes_at == held.closes_at and newest.reason == reason:
            return newest
        if closes_at <= held.closes_at:
            raise refused("extension_not_later", "closes_at")
        if closes_at <= at:
            raise refused("extension_in_past", "closes_at")
        if held.anywhere_on_earth and not is_end_of_a_day_anywhere(closes_at):
            raise refused("not_end_of_day", "closes_at")
        extension = CallExtension.objects.create(
            call=held,
            was=held.closes_at,
            becomes=closes_at,
            reason=reason,
            by_id=by.pk if by else None,
            at=at,
        )
        held.closes_at = closes_at
        held.lock += 1
        held.save(update_fields=["closes_at", "lock"])
        detail = {"was": extension.was.isoformat(), "becomes": closes_at.isoformat()}
        record(verb="call_extended", of=held, by=by, at=at, detail=detail)
        signals.call_extended.send(sender=Call, call=held, extension=extension, by=by, at=at)
    return extension


def allow_longer(
    *,
    call: Call,
    person: Person,
    until: dt.datetime,
    reason: str,
    by: Person | None,
    at: dt.datetime,
) -> Allowance:
    """One person may reply until later than the others; said again, the new moment holds."""
    require_organiser(by)
    if not reason.strip():
        raise refused("reason_missing", "reason")
    with transaction.atomic():
        held = held_call(call)
        if held.state != CallState.PUBLISHED:
            raise refused("call_move_refused")
        if until <= window_of(held).closes_at or until <= at:
            raise refused("allowance_not_later", "until")
        allowance, _made = Allowance.objects.update_or_create(
            call=held,
            person=person,
            defaults={
                "until": until,
                "reason": reason.strip(),
                "by_id": by.pk if by else None,
                "at": at,
            },
        )
        # not the reason: it may speak of an illness, and history stays
        detail = {"person": person.pk, "until": until.isoformat()}
        record(verb="allowance_given", of=held, by=by, at=at, detail=detail)
    return allowance


def take_back_allowance(*, call: Call, person: Person, by: Person | None, at: dt.datetime) -> None:
    """The end of the call holds for this person, too; twice is once."""
    require_organiser(by)
    with transaction.atomic():
        held = held_call(call)
        gone, _each = held.allowances.filter(person=person).delete()
        if gone:
            detail = {"person": person.pk}
            record(verb="allowance_taken_back", of=held, by=by, at=at, detail=detail)


def _move(call: Call, then: CallState) -> None:
    if not call_may_move(CallState(call.state), then):
        raise refused("call_move_refused", "state")
    call.state = then


def _frozen(questionnaire: Questionnaire, *, by: Person | None, at: dt.datetime) -> int:
    """The version that new replies answer: the draft, frozen now, else the newest frozen one."""
    draft = questionnaire.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        newest = newest_frozen(questionnaire.pk)
        if newest is None:
            raise refused("questionnaire_unknown", "questionnaire")
        return newest.id
    try:
        return freeze_version(version_id=draft.pk, by=by, at=at).pk
    except RuleBroken as error:
        raise refused("questionnaire_unfit", "questionnaire", problem=str(error)) from error
