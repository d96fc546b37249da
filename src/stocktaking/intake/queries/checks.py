"""The checks that staff set up, and what they find in a reply."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from stocktaking.calls.models import Reply
from stocktaking.calls.queries.facts import facts_of
from stocktaking.intake.models import Check, Moderation
from stocktaking.intake.rules.checks import CheckDef, Finding, findings
from stocktaking.intake.states import UNDECIDED, Severity
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.rules.answers import effective
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Answers
from stocktaking.reference.queries.catalogue import pick


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


@dataclass(frozen=True)
class CheckRow:
    """One check in the list; ``found`` counts the open replies in which it holds."""

    slug: str
    message: str
    severity: Severity
    place: str
    to_submitter: bool
    active: bool
    calls: tuple[str, ...]
    found: int


def check_rows(language: str) -> list[CheckRow]:
    """All checks by severity and name. Two SQL queries."""
    counted: Counter[str] = Counter()
    rows = Moderation.objects.filter(reply__state__in=UNDECIDED).exclude(findings=[])
    for found in rows.values_list("findings", flat=True).iterator():
        counted.update(found)
    order = list(Severity)
    checks = [
        CheckRow(
            slug=row.slug,
            message=pick(row.message, language),
            severity=Severity(row.severity),
            place=row.place,
            to_submitter=row.to_submitter,
            active=row.active,
            calls=tuple(row.calls),
            found=counted[row.slug],
        )
        for row in Check.objects.all()
    ]
    return sorted(checks, key=lambda check: (order.index(check.severity), check.slug))
