"""Letters of a call: drafted, tried out, sent once."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Letter, LetterText, RecipientGroup
from stocktaking.calls.operations.calls import require_organiser
from stocktaking.calls.operations.refusals import refused, stale
from stocktaking.calls.rules.letters import unknown_placeholders
from stocktaking.calls.rules.values import LetterValues, said
from stocktaking.calls.states import CallState, LetterKind, LetterState
from stocktaking.history.operations import record
from stocktaking.jobs.operations import start_job
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken

# kinds of jobs: to the readers of a letter, and to all whom a call concerns
JOB, EXTENSION, CANCELLATION = "calls.letter", "calls.extension", "calls.cancellation"


def draft_letter(*, call: Call, values: LetterValues, by: Person | None, at: dt.datetime) -> Letter:
    """A letter of a call that is not sent yet. RulesBroken with every fault."""
    require_organiser(by)
    with transaction.atomic():
        groups = _checked(values)
        letter = Letter(call=call)
        _write(letter, values, groups)
        record(verb="letter_drafted", of=letter, by=by, at=at, detail={"call": call.slug})
    return letter


def revise_letter(
    *, letter: Letter, values: LetterValues, based_on: int, by: Person | None, at: dt.datetime
) -> Letter:
    """Other words for a letter; one that is being sent, or was, stays as it is."""
    require_organiser(by)
    with transaction.atomic():
        held = _held(letter)
        if held.lock != based_on:
            raise stale("stale_letter")
        _require_unsent(held)
        groups = _checked(values)
        held.lock += 1
        _write(held, values, groups)
        record(verb="letter_revised", of=held, by=by, at=at)
    return held


def delete_letter(*, letter: Letter, by: Person | None, at: dt.datetime) -> None:
    require_organiser(by)
    with transaction.atomic():
        held = _held(letter)
        _require_unsent(held)
        record(verb="letter_deleted", of=held, by=by, at=at, detail={"call": held.call.slug})
        held.delete()


def send_letter(
    *, letter: Letter, send_at: dt.datetime | None = None, by: Person | None, at: dt.datetime
) -> Letter:
    """Send it now, or let the tick send it at a moment; a reminder without a moment goes out
    its days before the end. Asked twice, it is sent once."""
    require_organiser(by)
    with transaction.atomic():
        held = _held(letter)
        if held.state in (LetterState.SENDING, LetterState.SENT):
            return held
        if held.call.state != CallState.PUBLISHED:
            raise refused("call_not_published")
        _require_complete(held)
        if send_at is not None and send_at <= at:
            raise refused("send_in_past", "send_at")
        if send_at is None and held.kind != LetterKind.REMINDER:
            return _post(held, by=by, at=at)
        held.state, held.send_at = LetterState.SCHEDULED, send_at
        held.save(update_fields=["state", "send_at"])
        record(verb="letter_scheduled", of=held, by=by, at=at)
    return held


def unschedule_letter(*, letter: Letter, by: Person | None, at: dt.datetime) -> Letter:
    """A letter that waits for its moment is a draft again."""
    require_organiser(by)
    with transaction.atomic():
        held = _held(letter)
        if held.state == LetterState.DRAFT:
            return held
        _require_unsent(held)
        held.state, held.send_at = LetterState.DRAFT, None
        held.save(update_fields=["state", "send_at"])
        record(verb="letter_unscheduled", of=held, by=by, at=at)
    return held


def post_due(*, at: dt.datetime) -> int:
    """Send the letters whose moment has come; how many. What a cancelled or closed call wanted
    to say by then is not said any more."""
    posted = 0
    for letter in Letter.objects.filter(state=LetterState.SCHEDULED).select_related("call"):
        with transaction.atomic():
            held = _held(letter)
            due = due_at(held)
            if held.state != LetterState.SCHEDULED or due is None or due > at:
                continue
            if held.call.state != CallState.PUBLISHED or held.call.closes_at <= at:
                continue
            _post(held, by=None, at=at)
            posted += 1
    return posted


def due_at(letter: Letter) -> dt.datetime | None:
    """When a letter that waits is to be sent: a reminder moves with the end of the call."""
    if letter.send_at is not None or letter.days_before is None:
        return letter.send_at
    return letter.call.closes_at - dt.timedelta(days=letter.days_before)


def note_sent(*, letter: Letter, count: int, at: dt.datetime) -> None:
    """Every mail of it waits in the outbox; twice is once."""
    with transaction.atomic():
        held = _held(letter)
        if held.state == LetterState.SENT:
            return
        held.state, held.sent_at = LetterState.SENT, at
        held.save(update_fields=["state", "sent_at"])
        record(verb="letter_sent", of=held, by=None, at=at, detail={"mails": count})


def _post(letter: Letter, *, by: Person | None, at: dt.datetime) -> Letter:
    job = start_job(kind=JOB, arguments={"letter": letter.pk}, by=by, at=at)
    letter.state, letter.job_id = LetterState.SENDING, job.pk
    letter.dated = letter.dated or at.date()
    letter.save(update_fields=["state", "job_id", "dated"])
    record(verb="letter_posted", of=letter, by=by, at=at, detail={"job": job.pk})
    return letter


def _held(letter: Letter) -> Letter:
    found = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("call")
        .filter(pk=letter.pk)
        .first()
    )
    if found is None:
        raise refused("letter_unknown")
    return found


def _require_unsent(letter: Letter) -> None:
    if letter.state in (LetterState.SENDING, LetterState.SENT):
        raise refused("letter_sent")


def _require_complete(letter: Letter) -> None:
    faults = []
    if not letter.texts.exists():
        faults.append(refused("letter_empty", "texts"))
    if not letter.to_drafts and not letter.groups.exists():
        faults.append(refused("letter_without_readers", "groups"))
    if letter.kind == LetterKind.REMINDER and letter.days_before is None:
        faults.append(refused("days_before_missing", "days_before"))
    if faults:
        raise RulesBroken(faults)


def _checked(values: LetterValues) -> list[RecipientGroup]:
    """The groups that the letter names; RulesBroken for words that nothing is filled in for."""
    faults: list[RuleBroken] = []
    for language, text in values.texts.items():
        if language not in languages.CODES:
            faults.append(refused("language_unknown", "language"))
        elif bool(text.subject.strip()) != bool(text.body.strip()):
            faults.append(refused("letter_half_written", f"body-{language}"))
        for part in ("subject", "body"):
            faults += [
                refused("placeholder_unknown", f"{part}-{language}", name=name)
                for name in unknown_placeholders(getattr(text, part))
            ]
    groups = list(RecipientGroup.objects.filter(slug__in=values.groups))
    if faults:
        raise RulesBroken(faults)
    return groups


def _write(letter: Letter, values: LetterValues, groups: list[RecipientGroup]) -> None:
    letter.kind = values.kind
    letter.reference, letter.dated = values.reference.strip(), values.dated
    letter.signed_by = said(values.signed_by)
    letter.to_drafts, letter.days_before = values.to_drafts, values.days_before
    letter.save()
    letter.groups.set(groups)
    letter.texts.all().delete()
    LetterText.objects.bulk_create(
        LetterText(letter=letter, language=code, subject=text.subject.strip(), body=text.body)
        for code, text in values.texts.items()
        if text.subject.strip() and text.body.strip()
    )
