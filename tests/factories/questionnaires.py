"""A small questionnaire with every kind of question and several conditions.

It stands on the invented framework of ``tests.factories.entries``: call ``framework()`` first
where terms, countries or types of organisations are looked at.
"""

import datetime as dt
from typing import Any

from stocktaking.questionnaires import operations
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.states import QuestionKind as Kind

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def texts(english: str) -> dict[str, str]:
    return {"en": english, "fr": f"{english} (fr)", "ar": f"{english} (ar)"}


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "label": texts(code.title())} for code in codes]


def question(code: str, kind: Kind, **stated: Any) -> QuestionDef:
    return QuestionDef(code=code, kind=kind, label=texts(f"Question {code}"), **stated)


def section(code: str, *questions: QuestionDef, **stated: Any) -> SectionDef:
    return SectionDef(code=code, title=texts(code.title()), questions=questions, **stated)


def definition(slug: str = "yearly", *sections: SectionDef) -> Definition:
    """The questionnaire, or one of the given sections."""
    return Definition(slug=slug, title=texts("Yearly"), sections=sections or _sections())


def frozen_version(content: Definition | None = None) -> QuestionnaireVersion:
    """A frozen version of ``definition()`` or of the given content."""
    version = operations.save_definition(definition=content or definition(), by=None, at=AT)
    return operations.freeze_version(version_id=version.pk, by=None, at=AT)


def facts(**stated: str) -> dict[str, str]:
    return {"stakeholder": "academia", "country": "KE", "language": "en", **stated}


def answers(**stated: Any) -> dict[str, Any]:
    """Answers that may be sent, in the framework of the factories; ``None`` takes one away."""
    whole = {
        "title": "Village network",
        "summary": "A network run by a village for its neighbours and its school.",
        "status": "completed",
        "end": "2025-11",
        "start": "2019",
        "line": [{"code": "L1"}],
        "goal": [{"code": "3", "note": "Clinics are reached by the mast."}],
        "countries": ["KE"],
        "owner": {"name": "Village council", "country": "KE", "type": "academia"},
        "contacts": [{"name": "Ada Person", "email": "ada@example.org", "role": "Head"}],
        "agreed": True,
    }
    return {code: value for code, value in {**whole, **stated}.items() if value is not None}


def _sections() -> tuple[SectionDef, ...]:
    return (
        section(
            "about",
            question(
                "title", Kind.SHORT, required=True, settings={"max_chars": 120}, binds_to="title"
            ),
            question(
                "summary",
                Kind.LONG,
                required=True,
                settings={"min_words": 5, "max_words": 40},
                binds_to="summary",
            ),
            question(
                "status",
                Kind.CHOICE,
                required=True,
                settings={"options": options("ongoing", "completed", "planned")},
                binds_to="scheme:status",
            ),
            question("start", Kind.DATE, binds_to="start"),
            question(
                "end",
                Kind.DATE,
                required=True,
                shown_when={"question": "status", "is": "completed"},
                settings={"precision": "month", "not_before": "start"},
                binds_to="end",
            ),
            question(
                "lessons",
                Kind.LONG,
                shown_when={"question": "end", "answered": True},  # hidden with the end
                settings={"max_words": 100},
            ),
        ),
        section(
            "place",
            question(
                "line",
                Kind.TERMS,
                required=True,
                settings={"scheme": "line", "min": 1, "max": 2},
                binds_to="scheme:line",
            ),
            question(
                "goal",
                Kind.TERMS,
                settings={"scheme": "goal", "notes": True, "note_min_words": 3, "max": 3},
                binds_to="scheme:goal",
            ),
            question(
                "countries",
                Kind.COUNTRY,
                settings={"many": True, "max": 3},
                binds_to="countries",
            ),
            question("means", Kind.MANY, settings={"options": options("radio", "fibre"), "max": 2}),
            question(
                "budget",
                Kind.NUMBER,
                settings={"min": 0, "max": 1_000_000, "unit": texts("US dollars")},
                required_when={"question": "means", "has": "fibre"},
            ),
        ),
        section(
            "people",
            question("owner", Kind.ORGANISATION, required=True, binds_to="organisation"),
            question("contacts", Kind.PEOPLE, settings={"max": 3, "emails": True}, personal=True),
            question(
                "ministry",
                Kind.SHORT,
                required=True,
                shown_when={"fact": "stakeholder", "in": ["government"]},
            ),
        ),
        section(
            "proof",
            question(
                "papers",
                Kind.FILE,
                settings={"max": 2, "megabytes": 5, "types": ["application/pdf"]},
            ),
            question(
                "pictures", Kind.IMAGE, settings={"max": 2, "megabytes": 10}, binds_to="images"
            ),
            question("website", Kind.LINK, binds_to="website"),
            question("links", Kind.LINK, settings={"several": True, "max": 3}, binds_to="links"),
            shown_when={"question": "status", "in": ["completed", "ongoing"]},
        ),
        section("agreement", question("agreed", Kind.STATEMENT, required=True)),
    )
