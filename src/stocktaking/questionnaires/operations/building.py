"""Making questionnaires, changing the draft, freezing it, opening the next."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.kernel.errors import StaleVersion
from stocktaking.questionnaires import signals
from stocktaking.questionnaires.models import (
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Section,
)
from stocktaking.questionnaires.operations.refusals import MESSAGES, all_of, refused
from stocktaking.questionnaires.permissions import require_builder
from stocktaking.questionnaires.queries.around import known_schemes
from stocktaking.questionnaires.queries.definitions import definition as read_definition
from stocktaking.questionnaires.queries.definitions import newest_frozen
from stocktaking.questionnaires.rules import checking, paths
from stocktaking.questionnaires.rules.definition import Definition, SectionDef
from stocktaking.questionnaires.states import VersionState


def create_questionnaire(
    *,
    slug: str,
    title: Mapping[str, str],
    by: Person | None,
    at: dt.datetime,
    copy_of: int | None = None,
) -> Questionnaire:
    """A questionnaire with an empty draft, or with the questions of a version (``copy_of``)."""
    require_builder(by)
    sections: tuple[SectionDef, ...] = ()
    if copy_of is not None:
        try:
            sections = read_definition(copy_of).sections
        except LookupError:
            raise refused("version_unknown", "copy_of") from None
    content = Definition(slug=slug, title=dict(title), sections=sections)
    if found := checking.faults(content):
        raise all_of(found)
    with transaction.atomic():
        made = _insert(content, by, at)
        version = _insert_draft(made, 1, at)
        _write(version, content)
        detail = {"slug": slug, **({"copy_of": copy_of} if copy_of is not None else {})}
        record(verb="created", of=made, by=by, at=at, detail=detail)
    return made


def save_definition(
    *,
    definition: Definition,
    by: Person | None,
    at: dt.datetime,
    based_on: int | None = None,
) -> QuestionnaireVersion:
    """Make a draft say what ``definition`` says; RulesBroken with every fault.

    The questionnaire is made where there is none of this slug, a draft is opened where there is
    none. ``based_on`` is the ``lock`` of the draft that the change was made from: StaleVersion
    where somebody else has changed it since. What changes nothing leaves the lock as it is.
    """
    require_builder(by)
    if found := checking.faults(definition):
        raise all_of(found)
    with transaction.atomic():
        made = Questionnaire.objects.select_for_update().filter(slug=definition.slug).first()
        fresh = made is None
        if made is None:
            made = _insert(definition, by, at)
            record(verb="created", of=made, by=by, at=at, detail={"slug": made.slug})
        version = _draft(made, at)
        if based_on is not None and version.lock != based_on:
            raise StaleVersion("stale_version", MESSAGES["stale_version"])
        before = read_definition(version.pk)
        if not fresh and _content(before) == _content(definition):
            return version
        if made.title != definition.title:
            made.title = dict(definition.title)
            made.save(update_fields=["title"])
        _write(version, definition)
        version.lock += 1
        version.save(update_fields=["lock"])
        record(verb="revised", of=version, by=by, at=at, detail={"lock": version.lock})
    return version


def freeze_version(*, version_id: int, by: Person | None, at: dt.datetime) -> QuestionnaireVersion:
    """From now on it never changes, and can be answered. A frozen one stays as it is.

    RuleBroken ``problems_left`` where ``paths.problems`` holds one that stops.
    """
    require_builder(by)
    with transaction.atomic():
        version = _locked(version_id)
        if version.state == VersionState.FROZEN:
            return version
        content = read_definition(version_id)
        found = paths.problems(content, known_schemes(content, today=at.date()))
        if any(problem.stops for problem in found):
            raise refused("problems_left")
        version.state, version.frozen_at = VersionState.FROZEN, at
        version.save(update_fields=["state", "frozen_at"])
        record(verb="version_frozen", of=version, by=by, at=at, detail={"number": version.number})
        signals.version_frozen.send(sender=QuestionnaireVersion, version=version, by=by, at=at)
    return version


def open_draft(
    *, questionnaire_id: int, by: Person | None, at: dt.datetime
) -> QuestionnaireVersion:
    """The next version, beginning as a copy of the newest frozen one; the draft if there is one."""
    require_builder(by)
    with transaction.atomic():
        made = Questionnaire.objects.select_for_update().filter(pk=questionnaire_id).first()
        if made is None:
            raise refused("questionnaire_unknown")
        found = made.versions.filter(state=VersionState.DRAFT).first()
        if found is not None:
            return found
        version = _draft(made, at)
        record(verb="version_opened", of=version, by=by, at=at, detail={"number": version.number})
    return version


def _insert(content: Definition, by: Person | None, at: dt.datetime) -> Questionnaire:
    try:
        with transaction.atomic():
            return Questionnaire.objects.create(
                slug=content.slug, title=dict(content.title), created_at=at
            )
    except IntegrityError:
        raise refused("questionnaire_exists", "slug") from None


def _draft(made: Questionnaire, at: dt.datetime) -> QuestionnaireVersion:
    """The draft of a questionnaire whose row is held; a new one copies the newest frozen."""
    found = made.versions.filter(state=VersionState.DRAFT).first()
    if found is not None:
        return _locked(found.pk)
    frozen = newest_frozen(made.pk)
    version = _insert_draft(made, frozen.number + 1 if frozen else 1, at)
    if frozen is not None:
        _write(version, read_definition(frozen.pk))
    return version


def _insert_draft(made: Questionnaire, number: int, at: dt.datetime) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(questionnaire=made, number=number, created_at=at)


def _locked(version_id: int) -> QuestionnaireVersion:
    version = QuestionnaireVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        raise refused("version_unknown")
    return version


def _content(held: Definition) -> Definition:
    return replace(held, id=0, number=0, frozen=False)


def _write(version: QuestionnaireVersion, content: Definition) -> None:
    """Replace the rows of a draft by those of ``content``."""
    version.sections.all().delete()  # and their questions with them
    sections = Section.objects.bulk_create(
        Section(
            version=version,
            code=section.code,
            title=dict(section.title),
            introduction=dict(section.introduction),
            shown_when=section.shown_when,
            order=place,
        )
        for place, section in enumerate(content.sections)
    )
    Question.objects.bulk_create(
        Question(
            version=version,
            section=row,
            code=question.code,
            kind=question.kind.value,
            label=dict(question.label),
            help=dict(question.help),
            required=question.required,
            required_when=question.required_when,
            shown_when=question.shown_when,
            settings=dict(question.settings),
            binds_to=question.binds_to,
            personal=question.personal,
            order=place,
        )
        for row, section in zip(sections, content.sections, strict=True)
        for place, question in enumerate(section.questions)
    )
