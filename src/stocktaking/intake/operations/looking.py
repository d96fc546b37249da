"""What the queue says of a reply: how complete it is and what the checks find."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from stocktaking.calls.queries.facts import facts_of
from stocktaking.intake.models import Moderation
from stocktaking.intake.queries.checks import active_checks, findings_in
from stocktaking.intake.queries.outcomes import Sent, sent_by
from stocktaking.intake.rules.checks import CheckDef
from stocktaking.intake.states import Severity
from stocktaking.questionnaires.rules.conditions import visible
from stocktaking.questionnaires.states import QuestionKind


@dataclass(frozen=True)
class Looked:
    """Columns of a moderation, as they follow from the answers that were sent."""

    completeness: int
    errors: int
    warnings: int
    hints: int
    findings: list[str]

    def columns(self) -> dict[str, Any]:
        return dict(vars(self))


def look(
    moderation: Moderation, *, checks: Iterable[CheckDef] | None = None, at: dt.datetime
) -> Looked:
    """Look at what was sent last. Plain rules: a few milliseconds."""
    reply = moderation.reply
    sent = sent_by(reply)
    held = active_checks() if checks is None else checks
    found = findings_in(reply, sent.definition, sent.answers, held, at=at)
    counted = dict.fromkeys(Severity, 0)
    for finding in found:
        counted[finding.severity] += 1
    return Looked(
        completeness=completeness(sent, facts_of(reply)),
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        hints=counted[Severity.HINT],
        findings=[finding.check for finding in found],
    )


def completeness(sent: Sent, facts: dict[str, str]) -> int:
    """How many of the questions that were asked are answered, in per cent.

    What must be answered is, or it could not have been sent; this counts the others as well.
    """
    shown = visible(sent.definition, sent.answers, facts)
    asked = [
        question.code
        for question in sent.definition.questions()
        if question.code in shown and question.kind != QuestionKind.STATEMENT
    ]
    return 100 * sum(1 for code in asked if code in sent.answers) // len(asked) if asked else 100
