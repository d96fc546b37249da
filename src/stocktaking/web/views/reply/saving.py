"""Saving what somebody typed into a section: whatever can be kept is kept."""

import datetime as dt
from dataclasses import dataclass

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.calls.operations import save_reply
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.models import AnswerChange
from stocktaking.questionnaires.operations import Saved
from stocktaking.web.forms.questions import SectionForm


@dataclass(frozen=True)
class Outcome:
    """``saved`` is None where nothing could be kept; ``refusals`` stand in the form as well."""

    saved: Saved | None
    refusals: tuple[RuleBroken, ...] = ()

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.refusals]


def save_section(
    reply: Reply, form: SectionForm, *, based_on: int, by: Person, at: dt.datetime
) -> Outcome:
    """Save the answers that the form read. One that cannot be kept (far too long) does not
    hold up the others: it is shown again with what is wrong."""
    answers = form.read()
    try:
        return Outcome(save_reply(reply=reply, answers=answers, based_on=based_on, by=by, at=at))
    except RuleBroken as error:
        refusals = tuple(error.errors) if isinstance(error, RulesBroken) else (error,)
    form.refuse((one.field or "", str(one)) for one in refusals)
    bad = {(one.field or "").partition(".")[0] for one in refusals}
    rest = {code: value for code, value in answers.items() if code not in bad}
    if not bad <= answers.keys():
        return Outcome(None, refusals)  # not about one answer: the reply was sent meanwhile
    saved = save_reply(reply=reply, answers=rest, based_on=based_on, by=by, at=at)
    return Outcome(saved, refusals)


def changed_by_others(saved: Saved, based_on: int) -> set[str]:
    """Questions that somebody else changed since the form was filled in, besides conflicts."""
    own = {saved.revision} if saved.changed else set()
    if saved.revision - len(own) <= based_on:
        return set()  # nobody was there in between
    rows = AnswerChange.objects.filter(
        answer_set=saved.answer_set, revision__gt=based_on, revision__lte=saved.revision
    ).exclude(revision__in=own)
    found = {code for changed in rows.values_list("changed", flat=True) for code in changed}
    return found - {one.code for one in saved.conflicts}
