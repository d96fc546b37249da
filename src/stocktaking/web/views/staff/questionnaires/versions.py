"""Versions: what changed from one to the next, freezing, and carrying drafts over."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.operations import freeze_version, migrate_drafts
from stocktaking.questionnaires.queries import definition, unsent_before
from stocktaking.questionnaires.rules.differences import Difference, Turn, differences
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.questionnaire.words import PARTS_OF_QUESTIONS, TURN_NAMES
from stocktaking.web.views.staff.questionnaires.building import section_rows
from stocktaking.web.views.staff.questionnaires.frame import (
    Opened,
    builder_page,
    draft_or_404,
    version_or_404,
)


@dataclass(frozen=True)
class Told:
    """A difference in words. ``lost``: answers given before have no place any more."""

    turn: Any
    label: str
    names: list[Any]
    of_section: bool
    lost: bool


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    opened = version_or_404(slug, number)
    before = opened.questionnaire.versions.filter(number__lt=number).last()
    context = {
        "before": before,
        "differences": _told(definition(before.pk), opened) if before else [],
        "rows": section_rows(opened.held, ()),
        "unsent": unsent_before(opened.version) if opened.held.frozen else 0,
    }
    return builder_page(request, "version", opened, context)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    opened = draft_or_404(slug)
    try:
        freeze_version(version_id=opened.version.pk, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("staff_questionnaire_problems", slug)
    messages.success(
        request, _("The version is frozen. Calls that are published from now on ask it.")
    )
    return redirect("staff_questionnaire_version", slug, opened.version.number)


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_POST
def migrate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Carry the answers that are not sent yet over to this version."""
    opened = version_or_404(slug, number)
    try:
        done = migrate_drafts(version_id=opened.version.pk, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext(
                "%(n)s draft answers this version now. Answers without a place: %(left)s.",
                "%(n)s drafts answer this version now. Answers without a place: %(left)s.",
                done.moved,
            )
            % {"n": done.moved, "left": done.left.total()},
        )
    return redirect("staff_questionnaire_version", slug, number)


def _told(old: Any, opened: Opened) -> list[Told]:
    language = languages.current().code
    return [_difference(one, language) for one in differences(old, opened.held)]


def _difference(one: Difference, language: str) -> Told:
    stands = one.after or one.before
    texts = getattr(stands, "title" if one.of_section else "label", {})
    return Told(
        turn=TURN_NAMES[one.turn],
        label=pick(texts, language) or one.code,
        names=[PARTS_OF_QUESTIONS[name] for name in one.names],
        of_section=one.of_section,
        lost=not one.carried and one.turn in (Turn.REMOVED, Turn.CHANGED),
    )
