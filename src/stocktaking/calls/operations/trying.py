"""A letter tried out on whoever writes it."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls import signals
from stocktaking.calls.models import Letter
from stocktaking.calls.operations.calls import require_organiser
from stocktaking.calls.operations.refusals import refused
from stocktaking.history.operations import record


def try_letter(*, letter: Letter, language: str, by: Person, at: dt.datetime) -> None:
    """Send it to oneself alone, in a language in which it is written."""
    require_organiser(by)
    if not letter.texts.filter(language=language).exists():
        raise refused("letter_empty", "language")
    with transaction.atomic():
        record(verb="letter_tried", of=letter, by=by, at=at, detail={"language": language})
        signals.letter_tried.send(sender=Letter, letter=letter, language=language, by=by, at=at)
