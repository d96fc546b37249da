"""Calls and replies made by the same operations as real ones.

They stand on the invented framework of ``tests.factories.entries`` and ask the questionnaire of
``tests.factories.questionnaires``, or a short one of three questions.
"""

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

from tests.factories import accounts
from tests.factories import questionnaires as forms

from stocktaking.accounts.models import Person
from stocktaking.calls import operations, registry
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.rules.audience import GroupRule
from stocktaking.calls.rules.values import CallValues, LetterText, LetterValues
from stocktaking.calls.states import Occasion
from stocktaking.entries.models import Entry
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Fault
from stocktaking.questionnaires.states import QuestionKind

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
OPENS = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 3, 20, 22, 0, tzinfo=dt.UTC)  # 23:00 in Geneva
AFTER = CLOSES + dt.timedelta(days=1)
NOBODY = GroupRule()
NEVER = dt.datetime(2090, 1, 1, 12, 0, tzinfo=dt.UTC)  # open on any day that tests run
MILLISECOND = dt.timedelta(milliseconds=1)
_numbers = itertools.count(1)


class Trial:
    """A kind of call for tests: fills in titles, and refuses the title "No"."""

    name = "trial"
    label = "Trial"

    def prefill(
        self, *, call: Call, entry: Entry, definition: Definition, language: str
    ) -> dict[str, Any]:
        return {"title": f"Entry {entry.number}", "agreed": True}

    def faults(
        self, *, reply: Reply, definition: Definition, answers: dict[str, Any]
    ) -> list[Fault]:
        return [Fault("required", "title")] if answers.get("title") == "No" else []


class Empty(Trial):
    """A kind that fills in nothing."""

    name = "empty"

    def prefill(self, **_known: Any) -> dict[str, Any]:
        return {}


registry.register(Trial())
registry.register(Empty())


def short_form(slug: str = "short") -> Definition:
    """Title, organisation and a statement to accept."""
    return forms.definition(
        slug,
        forms.section(
            "about",
            forms.question("title", QuestionKind.SHORT, required=True, binds_to="title"),
            forms.question("owner", QuestionKind.ORGANISATION, binds_to="organisation"),
            forms.question("contacts", QuestionKind.PEOPLE, personal=True),
        ),
        forms.section("end", forms.question("agreed", QuestionKind.STATEMENT, required=True)),
    )


ANSWERS: dict[str, Any] = {"title": "Village network", "agreed": True}


def values(**stated: Any) -> CallValues:
    plain = CallValues(
        title={"en": "Yearly call", "fr": "Appel annuel"},
        summary={"en": "Tell what you do."},
        introduction={"en": "Dear colleagues,\n\nwe ask **all** of you."},
        opens_at=OPENS,
        closes_at=CLOSES,
        zone="Europe/Zurich",
        place={"en": "Geneva", "fr": "Genève"},
        minutes=30,
    )
    return replace(plain, **stated)


def draft_call(
    slug: str = "", *, form: Definition | None = None, kind: str = "trial", **stated: Any
) -> Call:
    """A call that is not published, with a questionnaire of its own."""
    number = next(_numbers)
    form = form or short_form(f"form-{number}")
    save_definition(definition=form, by=None, at=AT)
    return operations.create_call(
        slug=slug or f"call-{number}",
        kind=kind,
        questionnaire=form.slug,
        values=values(**stated),
        by=None,
        at=OPENS,
    )


def call(slug: str = "", *, form: Definition | None = None, **stated: Any) -> Call:
    """A published call, open at ``AT``."""
    made = draft_call(slug, form=form, **stated)
    return operations.publish_call(call=made, by=None, at=OPENS)


def reply(
    to: Call | None = None,
    by: Person | None = None,
    *,
    at: dt.datetime = AT,
    answers: dict[str, Any] | None = None,
    language: str = "en",
    **stated: Any,
) -> Reply:
    """A draft of somebody, with answers that may be sent."""
    by = by or accounts.person()
    made = operations.start_reply(
        call=to or call(),
        by=by,
        at=at,
        language=language,
        occasion=stated.pop("occasion", Occasion.NEW),
        **stated,
    )
    operations.save_reply(
        reply=made,
        answers=ANSWERS if answers is None else answers,
        based_on=made.answer_set.revision,
        by=by,
        at=at,
    )
    return fresh(made)


def sent(to: Call | None = None, by: Person | None = None, **stated: Any) -> Reply:
    """A reply that was sent."""
    by = by or accounts.person()
    made = reply(to, by, **stated)
    submit(made, by, at=stated.get("at", AT))
    return fresh(made)


def submit(made: Reply, by: Person, *, at: dt.datetime = AT) -> Any:
    made = fresh(made)
    return operations.submit_reply(reply=made, based_on=made.answer_set.revision, by=by, at=at)


def fresh(made: Reply) -> Reply:
    return Reply.objects.select_related("call", "answer_set", "entry").get(pk=made.pk)


def letter_values(**stated: Any) -> LetterValues:
    plain = LetterValues(
        texts={
            "en": LetterText("Call: {call}", "Dear {name},\n\nuntil {deadline}: {link}"),
            "fr": LetterText("Appel : {call}", "Bonjour {name},\n\njusqu’au {deadline} : {link}"),
        },
        reference="REF/26",
        dated=dt.date(2026, 3, 1),
        signed_by={"en": "The Secretary"},
    )
    return replace(plain, **stated)
