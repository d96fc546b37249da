"""Versions of questionnaires as frozen values."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from stocktaking.kernel import languages
from stocktaking.questionnaires.models import (
    AnswerSet,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Section,
)
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.questionnaires.states import QuestionKind, VersionState

KEPT_MAX = 200  # frozen versions held by a process

_frozen: dict[int, Definition] = {}


def definition(version_id: int) -> Definition:
    """One version. LookupError where there is none.

    Frozen ones never change and are kept in memory; a draft takes three SQL queries.
    """
    return definitions([version_id])[version_id]


def definitions(version_ids: Iterable[int]) -> dict[int, Definition]:
    """Several versions at once, in three SQL queries for all that are not in memory."""
    wanted = set(version_ids)
    found = {one: _frozen[one] for one in wanted if one in _frozen}
    missing = wanted - found.keys()
    if missing:
        read = _read(missing)
        found |= read
        if len(_frozen) + len(read) > KEPT_MAX:
            _frozen.clear()
        _frozen.update({one: held for one, held in read.items() if held.frozen})
    if gone := wanted - found.keys():
        raise LookupError(f"no version {min(gone)}")
    return found


def forget() -> None:
    """Read frozen versions again (a test has taken its rows back)."""
    _frozen.clear()


def _read(version_ids: set[int]) -> dict[int, Definition]:
    versions = QuestionnaireVersion.objects.filter(pk__in=version_ids).select_related(
        "questionnaire"
    )
    sections: dict[int, list[Section]] = {}
    for section in Section.objects.filter(version__in=version_ids).order_by("order", "id"):
        sections.setdefault(section.version_id, []).append(section)
    questions: dict[int, list[QuestionDef]] = {}
    for row in Question.objects.filter(version__in=version_ids).order_by("order", "id"):
        questions.setdefault(row.section_id, []).append(_question(row))
    return {
        version.pk: Definition(
            slug=version.questionnaire.slug,
            title=version.questionnaire.title,
            sections=tuple(
                _section(one, questions.get(one.pk, ())) for one in sections.get(version.pk, ())
            ),
            id=version.pk,
            number=version.number,
            frozen=version.state == VersionState.FROZEN,
        )
        for version in versions
    }


def _section(row: Section, questions: Iterable[QuestionDef]) -> SectionDef:
    return SectionDef(
        code=row.code,
        title=row.title,
        introduction=row.introduction,
        shown_when=row.shown_when,
        questions=tuple(questions),
    )


def _question(row: Question) -> QuestionDef:
    return QuestionDef(
        code=row.code,
        kind=QuestionKind(row.kind),
        label=row.label,
        help=row.help,
        required=row.required,
        required_when=row.required_when,
        shown_when=row.shown_when,
        settings=row.settings,
        binds_to=row.binds_to,
        personal=row.personal,
    )


def newest_frozen(questionnaire_id: int) -> QuestionnaireVersion | None:
    """The version that new answers are given to; None before the first is frozen."""
    return (
        QuestionnaireVersion.objects.filter(
            questionnaire=questionnaire_id, state=VersionState.FROZEN
        )
        .order_by("-number")
        .first()
    )


def draft_of(questionnaire_id: int) -> QuestionnaireVersion | None:
    """The version that is being built, if one is."""
    return QuestionnaireVersion.objects.filter(
        questionnaire=questionnaire_id, state=VersionState.DRAFT
    ).first()


def versions_of(questionnaire_id: int) -> list[QuestionnaireVersion]:
    """All versions, newest first, each with ``answered``: the number of its answer sets."""
    rows = QuestionnaireVersion.objects.filter(questionnaire=questionnaire_id)
    return list(rows.annotate(answered=Count("answer_sets")).order_by("-number"))


def unsent_before(version: QuestionnaireVersion) -> int:
    """How many sets of answers to earlier versions are not locked. One SQL query."""
    return AnswerSet.objects.filter(
        version__questionnaire=version.questionnaire_id,
        version__number__lt=version.number,
        locked_at=None,
    ).count()


@dataclass(frozen=True)
class Kept:
    """A questionnaire in the list of the builder."""

    id: int
    slug: str
    title: str
    newest_frozen: int | None  # number of the version
    draft: int | None
    answered: int  # answer sets of all versions
    changed_at: dt.datetime


def questionnaire_list(language: str = "") -> list[Kept]:
    """All questionnaires by title, in two SQL queries."""
    language = language or languages.current().code
    versions: dict[int, list[QuestionnaireVersion]] = {}
    rows = QuestionnaireVersion.objects.annotate(answered=Count("answer_sets"))
    for version in rows.order_by("number"):
        versions.setdefault(version.questionnaire_id, []).append(version)
    found = []
    for row in Questionnaire.objects.all():
        own = versions.get(row.pk, [])
        frozen = [one.number for one in own if one.state == VersionState.FROZEN]
        found.append(
            Kept(
                id=row.pk,
                slug=row.slug,
                title=pick(row.title, language) or row.slug,
                newest_frozen=frozen[-1] if frozen else None,
                draft=next((v.number for v in own if v.state == VersionState.DRAFT), None),
                answered=sum(version.answered for version in own),  # type: ignore[attr-defined]
                changed_at=max(
                    [row.created_at, *(v.frozen_at or v.created_at for v in own)],
                ),
            )
        )
    return sorted(found, key=lambda kept: (kept.title.casefold(), kept.slug))
