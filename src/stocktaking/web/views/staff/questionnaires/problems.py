"""Dead ends, questions nobody reaches, and hints: each with a way to where it can be mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.questionnaires.queries import known_schemes
from stocktaking.questionnaires.rules.paths import Problem, problems
from stocktaking.web.access import allow
from stocktaking.web.forms.questionnaire.words import PROBLEMS
from stocktaking.web.views.staff.questionnaires.building import opened_label
from stocktaking.web.views.staff.questionnaires.frame import Opened, builder_page, version_or_404


@dataclass(frozen=True)
class Told:
    """A problem in words, with the address of the editor where it is mended."""

    label: str
    message: str
    url: str
    stops: bool


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    opened = version_or_404(slug)
    found = problems(opened.held, known_schemes(opened.held, today=clock.now().date()))
    told = told_problems(opened, found)
    context = {
        "stopping": [one for one in told if one.stops],
        "hints": [one for one in told if not one.stops],
    }
    return builder_page(request, "problems", opened, context)


def told_problems(opened: Opened, found: Iterable[Problem]) -> list[Told]:
    return [
        Told(
            label=opened_label(opened, one.at) if one.at else opened.title,
            message=_message(opened, one),
            url=_url(opened, one.at),
            stops=one.stops,
        )
        for one in found
    ]


def _message(opened: Opened, problem: Problem) -> str:
    params: dict[str, Any] = dict(problem.params)
    if "languages" in params:
        names = (languages.BY_CODE[code].name for code in params["languages"])
        params["languages"] = ", ".join(names)
    if "name" in params:
        params["name"] = opened_label(opened, params["name"])
    return str(PROBLEMS[problem.code]) % params


def _url(opened: Opened, at: str) -> str:
    if opened.held.frozen:
        return ""
    if opened.held.question(at) is not None:
        return reverse("staff_questionnaire_question", args=[opened.slug, at])
    if opened.held.section(at) is not None:
        return reverse("staff_questionnaire_section", args=[opened.slug, at])
    return reverse("staff_questionnaire_title", args=[opened.slug])
