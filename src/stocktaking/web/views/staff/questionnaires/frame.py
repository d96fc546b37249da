"""What the pages of the builder share: finding a version, saving a changed definition."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.questionnaires.models import Questionnaire, QuestionnaireVersion
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.queries import definition, draft_of, newest_frozen
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.access import person_of
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_questionnaires"


@dataclass(frozen=True)
class Opened:
    """A version with its questionnaire. ``held`` is what it says, ``lock`` counts its changes."""

    questionnaire: Questionnaire
    version: QuestionnaireVersion
    held: Definition

    @property
    def slug(self) -> str:
        return self.questionnaire.slug

    @property
    def title(self) -> str:
        return pick(self.held.title, languages.current().code) or self.slug

    @property
    def lock(self) -> int:
        return self.version.lock

    def section_or_404(self, code: str) -> SectionDef:
        return _found(self.held.section(code))

    def question_or_404(self, code: str) -> QuestionDef:
        return _found(self.held.question(code))


def questionnaire_or_404(slug: str) -> Questionnaire:
    return _found(Questionnaire.objects.filter(slug=slug).first())


def draft_or_404(slug: str) -> Opened:
    """The draft: what can be changed."""
    questionnaire = questionnaire_or_404(slug)
    return _opened(questionnaire, _found(draft_of(questionnaire.pk)))


def version_or_404(slug: str, number: int | None = None) -> Opened:
    """A version by its number, else the draft, else the newest frozen one."""
    questionnaire = questionnaire_or_404(slug)
    if number is not None:
        version = questionnaire.versions.filter(number=number).first()
    else:
        version = draft_of(questionnaire.pk) or newest_frozen(questionnaire.pk)
    return _opened(questionnaire, _found(version))


def save(request: HttpRequest, changed: Definition, based_on: int) -> QuestionnaireVersion:
    """Save a draft as somebody changed it; RuleBroken where it is refused."""
    return save_definition(
        definition=changed, based_on=based_on, by=person_of(request), at=clock.now()
    )


def step(
    request: HttpRequest, opened: Opened, based_on: int, change: Callable[[], Definition]
) -> HttpResponse:
    """Make one small change and show the questions again; refusals are told there.

    What is gone already, or was changed by somebody else meanwhile, is looked at anew first.
    """
    try:
        save(request, change(), based_on)
    except LookupError:
        messages.error(request, _("Somebody else removed this. Nothing was changed."))
    except StaleVersion as error:
        messages.error(request, str(error))
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("staff_questionnaire", opened.slug)


def builder_page(
    request: HttpRequest,
    name: str,
    opened: Opened | None,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the builder by the name of its template."""
    shared = {"opened": opened} if opened is not None else {}
    template = f"web/staff/questionnaires/{name}.html"
    return desk_page(request, template, HERE, shared | context, status=status)


def _opened(questionnaire: Questionnaire, version: QuestionnaireVersion) -> Opened:
    return Opened(questionnaire, version, definition(version.pk))


def _found(one: Any) -> Any:
    if one is None:
        raise Http404
    return one
