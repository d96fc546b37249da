"""Carrying answers from one version of a questionnaire to another."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires import signals
from stocktaking.questionnaires.models import AnswerSet, QuestionnaireVersion
from stocktaking.questionnaires.operations.answering import locked, write
from stocktaking.questionnaires.operations.refusals import refused
from stocktaking.questionnaires.permissions import require_builder
from stocktaking.questionnaires.queries.definitions import definition
from stocktaking.questionnaires.rules.migrating import Left, carry
from stocktaking.questionnaires.states import VersionState


@dataclass(frozen=True)
class Migrated:
    """``carried`` are the codes that have answers still; ``left`` what has no place any more."""

    answer_set: AnswerSet
    carried: tuple[str, ...]
    left: tuple[Left, ...]


def migrate_answers(
    *, answer_set_id: int, version_id: int, by: Person | None, at: dt.datetime
) -> Migrated:
    """Let a set answer another, frozen version of the same questionnaire.

    Answers are carried by the code of the question where its kind fits. What does not fit is
    reported and stays in the record of changes. Locked answers refuse. The same version again
    changes nothing.
    """
    with transaction.atomic():
        held = locked(answer_set_id)
        if held.locked_at is not None:
            raise refused("answers_locked")
        target = QuestionnaireVersion.objects.filter(pk=version_id).first()
        here = QuestionnaireVersion.objects.get(pk=held.version_id)
        if (
            target is None
            or target.state != VersionState.FROZEN
            or target.questionnaire_id != here.questionnaire_id
        ):
            raise refused("version_unknown", "version")
        if target.pk == here.pk:
            return Migrated(held, tuple(held.answers), ())
        result = carry(definition(here.pk), definition(target.pk), held.answers)
        changed = {
            code: result.answers.get(code)
            for code in held.answers
            if result.answers.get(code) != held.answers[code]
        }
        held.version = target
        held.save(update_fields=["version"])
        if changed:
            write(held, changed, by, at)
        detail = {
            "from": here.number,
            "to": target.number,
            "left": [one.code for one in result.left],
        }
        record(verb="answers_migrated", of=held, by=by, at=at, detail=detail)
        signals.answers_migrated.send(
            sender=AnswerSet, answer_set=held, left=result.left, by=by, at=at
        )
    return Migrated(held, tuple(result.answers), result.left)


@dataclass(frozen=True)
class DraftsMigrated:
    """``moved`` sets answer the new version; ``left`` counts answers without a place, by code."""

    moved: int
    left: Counter[str]


def migrate_drafts(*, version_id: int, by: Person | None, at: dt.datetime) -> DraftsMigrated:
    """Let every set of answers to earlier versions that is not locked answer this one.

    Each in a transaction of its own, so that it may be repeated after a stop.
    """
    require_builder(by)
    version = QuestionnaireVersion.objects.filter(pk=version_id).first()
    if version is None or version.state != VersionState.FROZEN:
        raise refused("version_unknown", "version")
    waiting = AnswerSet.objects.filter(
        version__questionnaire=version.questionnaire_id,
        version__number__lt=version.number,
        locked_at=None,
    )
    moved, left = 0, Counter[str]()
    for number in list(waiting.order_by("pk").values_list("pk", flat=True)):
        try:
            done = migrate_answers(answer_set_id=number, version_id=version_id, by=by, at=at)
        except RuleBroken as error:
            if error.code != "answers_locked":  # sent in the meantime: it stays as it was sent
                raise
            continue
        moved += 1
        left.update(one.code for one in done.left)
    return DraftsMigrated(moved, left)
