"""The checks that staff set up, and what they find in a reply."""

import datetime as dt
from collections.abc import Iterable

from stocktaking.calls.models import Reply
from stocktaking.calls.queries.facts import facts_of
from stocktaking.intake.models import Check
from stocktaking.intake.rules.checks import CheckDef, Finding, findings
from stocktaking.intake.states import Severity
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.rules.answers import effective
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Answers


def active_checks() -> tuple[CheckDef, ...]:
    """One SQL query."""
    return tuple(definition_of_check(row) for row in Check.objects.filter(active=True))


def definition_of_check(row: Check) -> CheckDef:
    return CheckDef(
        slug=row.slug,
        severity=Severity(row.severity),
        condition=row.condition,
        message=row.message,
        place=row.place,
        to_submitter=row.to_submitter,
        calls=tuple(row.calls),
    )


def findings_for(
    reply: Reply, *, at: dt.datetime, to_submitter: bool = True
) -> tuple[Finding, ...]:
    """What the checks find in a reply as it stands now, errors first.

    For its authors those checks alone that are shown to them; they never stop the sending.
    """
    checks = active_checks()
    if to_submitter:
        checks = tuple(check for check in checks if check.to_submitter)
    definition = definition_of(reply.answer_set.version_id)
    counting = effective(definition, reply.answer_set.answers, facts_of(reply))
    return findings_in(reply, definition, counting, checks, at=at)


def findings_in(
    reply: Reply,
    definition: Definition,
    answers: Answers,
    checks: Iterable[CheckDef],
    *,
    at: dt.datetime,
) -> tuple[Finding, ...]:
    """The same for given answers that count, such as those that were sent."""
    return findings(
        checks, definition, answers, facts_of(reply), call=reply.call.slug, today=at.date()
    )
