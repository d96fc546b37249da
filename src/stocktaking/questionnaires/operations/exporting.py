"""Taking answers away as a file is remembered: who, when, with personal data or without."""

import datetime as dt

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.questionnaires.models import QuestionnaireVersion


def note_export(
    *, version: QuestionnaireVersion, personal: bool, by: Person | None, at: dt.datetime
) -> None:
    record(verb="answers_exported", of=version, by=by, at=at, detail={"personal": personal})
