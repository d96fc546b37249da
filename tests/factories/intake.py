"""Replies to a call for entries, as they come to moderation."""

import datetime as dt
import itertools
from typing import Any

from tests.factories import accounts, calls, questionnaires

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.states import Occasion
from stocktaking.entries.models import Entry
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations import save_check
from stocktaking.intake.states import Severity
from stocktaking.questionnaires.models import Questionnaire

AT = calls.AT
DAY = dt.timedelta(days=1)
_numbers = itertools.count(1)


def call(slug: str = "", **stated: Any) -> Call:
    """A call for entries, with a questionnaire of its own that asks for most parts of them."""
    form = questionnaires.definition(f"entries-{next(_numbers)}")
    return calls.call(slug, form=form, kind="entries", **stated)


def sent(to: Call | None = None, by: Person | None = None, **stated: Any) -> Reply:
    """A reply in the queue; keywords are answers, but ``at`` and ``language``."""
    more = {name: stated.pop(name) for name in ("at", "language") if name in stated}
    title = stated.pop("title", f"Weather station {next(_numbers)}")
    answers = questionnaires.answers(title=title, **stated)
    return calls.sent(to or call(), by, answers=answers, **more)


def confirmed(entry: Entry, to: Call, by: Person, **changed: Any) -> Reply:
    """A reply about an entry that was sent: an update with ``changed``, or a confirmation."""
    occasion = Occasion.UPDATE if changed else Occasion.CONFIRM
    made = calls.reply(to, by, entry=entry, occasion=occasion, answers={**changed, "agreed": True})
    calls.submit(made, by)
    return calls.fresh(made)


def moderation(reply: Reply) -> Moderation:
    return Moderation.objects.get(reply=reply)


def moderator(**stated: Any) -> Person:
    return accounts.person(Role.MODERATOR, **stated)


def check(slug: str = "short-summary", **stated: Any) -> Any:
    """A check that finds something in every reply with a summary under a hundred words."""
    if not Questionnaire.objects.exists():
        call()  # whose questions it can be about
    plain: dict[str, Any] = {
        "severity": Severity.WARNING,
        "condition": {"question": "summary", "words_less_than": 100},
        "message": {"en": "The summary is short.", "fr": "Le résumé est court."},
        "place": "summary",
        "by": None,
        "at": AT,
    }
    return save_check(slug=slug, **{**plain, **stated})
