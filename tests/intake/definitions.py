"""A questionnaire that asks for every part of an entry."""

from typing import Any

from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.states import QuestionKind

K = QuestionKind


def question(code: str, kind: QuestionKind, binds_to: str = "", **more: Any) -> QuestionDef:
    return QuestionDef(code, kind, {"en": code.capitalize()}, binds_to=binds_to, **more)


QUESTIONS = (
    question("title", K.SHORT, "title"),
    question("summary", K.LONG, "summary"),
    question("description", K.LONG, "section:description"),
    question("lines", K.TERMS, "scheme:line", settings={"scheme": "line"}),
    question("goals", K.TERMS, "scheme:goal", settings={"scheme": "goal", "notes": True}),
    question("status", K.CHOICE, "scheme:status"),
    question("countries", K.COUNTRY, "countries"),
    question("everywhere", K.STATEMENT, "worldwide"),
    question("owner", K.ORGANISATION, "organisation"),
    question("start", K.DATE, "start"),
    question("end", K.DATE, "end"),
    question("website", K.LINK, "website"),
    question("links", K.LINK, "links"),
    question("partners", K.LONG, "partners"),
    question("images", K.IMAGE, "images"),
    question("licence", K.SHORT, "licence"),
    question("reached", K.NUMBER),
    question("remark", K.LONG, personal=True),
    question("correct", K.STATEMENT),
)


def definition(*codes: str, slug: str = "yearly") -> Definition:
    """Those of these codes, or all, in one section."""
    asked = tuple(q for q in QUESTIONS if not codes or q.code in codes)
    return Definition(slug, {"en": "Yearly"}, (SectionDef("all", {"en": "All"}, {}, None, asked),))
