"""A questionnaire with every kind of question, as plain values without a database."""

from typing import Any

from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.states import QuestionKind as Kind


def question(code: str, kind: Kind, **stated: Any) -> QuestionDef:
    stated.setdefault("label", {"en": f"The {code}"})
    return QuestionDef(code=code, kind=kind, **stated)


EVERY = (
    question("title", Kind.SHORT, required=True, binds_to="title"),
    question("about", Kind.LONG, settings={"min_words": 3, "max_words": 6}, binds_to="summary"),
    question("reach", Kind.NUMBER, settings={"unit": {"en": "people"}}),
    question("start", Kind.DATE, binds_to="start"),
    question(
        "phase",
        Kind.CHOICE,
        settings={
            "options": [
                {"code": "plan", "label": {"en": "Planned", "fr": "Prévu"}},
                {"code": "run", "label": {"en": "Running"}},
            ]
        },
    ),
    question(
        "groups",
        Kind.MANY,
        settings={"options": [{"code": c, "label": {"en": c}} for c in ("youth", "women")]},
    ),
    question(
        "goals", Kind.TERMS, settings={"scheme": "goal", "notes": True}, binds_to="scheme:goal"
    ),
    question("works", Kind.COUNTRY, settings={"many": True}, binds_to="countries"),
    question("owner", Kind.ORGANISATION, binds_to="organisation"),
    question("team", Kind.PEOPLE, settings={"max": 3}, binds_to="partners"),
    question("paper", Kind.FILE, settings={"max": 2}),
    question("images", Kind.IMAGE, settings={"max": 2}, binds_to="images"),
    question("links", Kind.LINK, settings={"several": True}, binds_to="links"),
    question("truth", Kind.STATEMENT, required=True),
    question(
        "why_planned",
        Kind.SHORT,
        shown_when={"question": "phase", "is": "plan"},
        help={"fr": "En une phrase"},
    ),
)


def one_section(*questions: QuestionDef) -> Definition:
    """A definition with all of these (default: every kind) on one page."""
    section = SectionDef("all", {"en": "Everything"}, questions=questions or EVERY)
    return Definition("every-kind", {"en": "Every kind"}, (section,))
