"""Carrying answers from one version of a questionnaire to another."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.questionnaires import signals
from stocktaking.questionnaires.models import AnswerSet, QuestionnaireVersion
from stocktaking.questionnaires.operations.answering import locked, write
from stocktaking.questionnaires.operations.refusals import refused
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
