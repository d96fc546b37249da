"""What the browser is told: conditions, and the answers of other pages that they ask about."""

from collections.abc import Collection
from typing import Any

from stocktaking.questionnaires.rules.conditions import mentioned
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Answers, Facts


def for_browser(
    definition: Definition, answers: Answers, facts: Facts, here: Collection[str] = ()
) -> dict[str, Any]:
    """Plain values for ``questionnaire.js``, as JSON in ``data-questionnaire`` of the form.

    No texts, and no answers that no condition asks about. ``here`` are the codes of the
    questions on the page: their answers are read from its fields.
    """
    asked = {
        code
        for section in definition.sections
        for condition in (
            section.shown_when,
            *(one for q in section.questions for one in (q.shown_when, q.required_when)),
        )
        for code in mentioned(condition)
    }
    return {
        "sections": [
            {
                "code": section.code,
                "shown_when": section.shown_when,
                "questions": [
                    {
                        "code": question.code,
                        "shown_when": question.shown_when,
                        "required": question.required,
                        "required_when": question.required_when,
                    }
                    for question in section.questions
                ],
            }
            for section in definition.sections
        ],
        "answers": {code: answers[code] for code in sorted(asked - set(here)) if code in answers},
        "facts": dict(facts),
    }
