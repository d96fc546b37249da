"""The questions that calls ask: what a check can be about."""

from collections.abc import Iterable

from stocktaking.calls.models import Call
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.queries import definitions
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef


def questions_asked() -> dict[str, QuestionDef]:
    """Every question by its code, as the newest version that asks it has it.

    Checks are set up before a call opens, so the newest version of each questionnaire counts,
    a draft too.
    """
    found: dict[str, QuestionDef] = {}
    for definition in _newest_first():
        for question in definition.questions():
            found.setdefault(question.code, question)
    return found


def _newest_first() -> Iterable[Definition]:
    pinned = set(Call.objects.exclude(version=None).values_list("version_id", flat=True))
    newest: dict[int, int] = {}
    rows = QuestionnaireVersion.objects.order_by("number").values_list("questionnaire_id", "pk")
    for questionnaire, version in rows:
        newest[questionnaire] = version
    held = definitions(pinned | set(newest.values()))
    return [held[version] for version in sorted(held, reverse=True)]
