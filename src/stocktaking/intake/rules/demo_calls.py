"""When the calls of the demonstration open and close, and what they ask: rows of its files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stocktaking.calls.rules.values import CallValues, LetterText, LetterValues
from stocktaking.calls.rules.window import moment
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.states import QuestionKind

ZONE = "Europe/Zurich"
CLOSING = dt.time(23, 0)
OPENING = dt.time(8, 0)
WOMEN = "women-in-technology"
# days before (-) and after the day on which the demonstration is loaded
LAST_YEAR = (-430, -310)
THIS_YEAR = (-60, 45)
EXTENDED = 66
SPECIAL = (-20, 40)

Texts = Mapping[str, str]
Rows = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """A window around the day of loading."""

    opens_at: dt.datetime
    closes_at: dt.datetime

    @property
    def edition(self) -> int:
        return self.closes_at.year


def span(days: tuple[int, int], at: dt.datetime) -> Span:
    opens, closes = (at.date() + dt.timedelta(days=n) for n in days)
    return Span(moment(opens, OPENING, ZONE, end=False), moment(closes, CLOSING, ZONE))


def extended(at: dt.datetime) -> dt.datetime:
    return moment(at.date() + dt.timedelta(days=EXTENDED), CLOSING, ZONE)


def yearly(rows: Rows, window: Span, *, previous: str = "") -> CallValues:
    """The yearly call; what is in the register already may be confirmed or brought up to date."""
    texts = rows["yearly"]
    return CallValues(
        title=edition_of(texts["title"], window.edition),
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        zone=ZONE,
        place=rows["place"],
        summary=texts["summary"],
        introduction=texts["introduction"],
        goal=texts["goal"],
        afterwards=texts["afterwards"],
        minutes=20,
        grace_minutes=10,
        previous=previous,
        confirms=True,
    )


def special(rows: Rows, window: Span, *, collection: str) -> CallValues:
    """The call of a special repository: what is accepted joins its collection."""
    texts = rows["women"]
    return CallValues(
        title=texts["title"],
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        zone=ZONE,
        place=rows["place"],
        summary=texts["summary"],
        introduction=texts["summary"],
        goal=rows["yearly"]["goal"],
        afterwards=rows["yearly"]["afterwards"],
        minutes=25,
        collection=collection,
    )


def letter(rows: Rows, window: Span, *, dated: dt.date) -> LetterValues:
    texts = rows["letter"]
    subjects = edition_of(texts["subject"], window.edition)
    return LetterValues(
        texts={code: LetterText(subjects[code], body) for code, body in texts["body"].items()},
        reference=f"ST/{window.edition}/1",
        dated=dated,
        signed_by=texts["signed_by"],
        to_drafts=True,
    )


def edition_of(texts: Texts, edition: int) -> dict[str, str]:
    return {code: text.replace("{edition}", str(edition)) for code, text in texts.items()}


def with_questions_of_women(definition: Definition, rows: Rows) -> Definition:
    """The yearly questionnaire, with a section of its own before the agreement at the end."""
    texts = rows["women"]
    led = {code: texts[f"led_{code}"] for code in ("women", "mixed", "men")}
    section = SectionDef(
        code="women",
        title=texts["section"],
        questions=(
            QuestionDef(
                code="led-by",
                kind=QuestionKind.CHOICE,
                label=texts["led"],
                required=True,
                settings={"options": [{"code": c, "label": label} for c, label in led.items()]},
            ),
            QuestionDef(
                code="changed-for-women",
                kind=QuestionKind.LONG,
                label=texts["changed"],
                required=True,
                settings={"min_words": 20, "max_words": 200},
            ),
        ),
    )
    *before, last = definition.sections
    return replace(
        definition, slug=WOMEN, title=texts["section"], sections=(*before, section, last)
    )
