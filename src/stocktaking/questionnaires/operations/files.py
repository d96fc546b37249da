"""Questionnaires from files: one that somebody edited, or one that the program brings."""

import datetime as dt
from dataclasses import dataclass

from stocktaking.accounts.models import Person
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.operations.building import freeze_version, save_definition
from stocktaking.questionnaires.operations.refusals import refused
from stocktaking.questionnaires.queries.definitions import definition, newest_frozen
from stocktaking.questionnaires.queries.shipped import shipped
from stocktaking.questionnaires.rules.documents import Unreadable, read, to_plain


@dataclass(frozen=True)
class Loaded:
    """``changed``: the file says something else than the newest version did."""

    version: QuestionnaireVersion
    changed: bool


def load_questionnaire(
    *, text: str, by: Person | None, at: dt.datetime, freeze: bool = False
) -> Loaded:
    """Let the draft of a questionnaire say what a file says; a new draft only where it differs.

    RuleBroken ``file_malformed`` with the place, RulesBroken with every fault of the content.
    """
    try:
        stated = read(text)
    except Unreadable as error:
        raise refused("file_malformed", reason=str(error)) from error
    kept = QuestionnaireVersion.objects.filter(questionnaire__slug=stated.slug).last()
    if kept is not None and to_plain(definition(kept.pk)) == to_plain(stated):
        version, changed = kept, False
    else:
        version, changed = save_definition(definition=stated, by=by, at=at), True
    if freeze:
        version = freeze_version(version_id=version.pk, by=by, at=at)
    return Loaded(version, changed)


def load_shipped(*, name: str, by: Person | None, at: dt.datetime) -> QuestionnaireVersion:
    """A frozen version of a questionnaire that the program brings.

    What organisers made of it meanwhile stays: where one is frozen already, it is that.
    """
    content = shipped(name)
    kept = QuestionnaireVersion.objects.filter(questionnaire__slug=content.slug).first()
    newest = newest_frozen(kept.questionnaire_id) if kept is not None else None
    if newest is not None:
        return newest
    version = save_definition(definition=content, by=by, at=at)
    return freeze_version(version_id=version.pk, by=by, at=at)
