"""A version as those who answer will see it: any language, any stakeholder, any answers."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.queries import ROLE_NAMES
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.conditions import visible_sections
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.reference.queries import catalogue
from stocktaking.web.access import allow
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part
from stocktaking.web.forms.questionnaire.words import OCCASION_NAMES
from stocktaking.web.forms.questions import SectionForm, words_in
from stocktaking.web.views.staff.questionnaires.frame import builder_page, version_or_404

FACTS = ("stakeholder", "country", "occasion", "role")


class SeenByForm(Part):
    """Who is imagined to answer. Wrong values are as good as none."""

    as_language = forms.ChoiceField(label=_("Language"), required=False, choices=LANGUAGE_CHOICES)
    stakeholder = forms.ChoiceField(label=_("Stakeholder type"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    occasion = forms.ChoiceField(
        label=_("Occasion"), required=False, choices=[("", ""), *OCCASION_NAMES.items()]
    )
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("stakeholder", "country"):
            scheme = catalogue().scheme(name)
            terms = [(term.code, term.label()) for term in scheme or ()]
            self.offer(name, [("", ""), *sorted(terms, key=lambda term: term[1].casefold())])
        self.offer("role", [("", ""), *((one.value, name) for one, name in ROLE_NAMES.items())])


@allow(Capability.MANAGE_QUESTIONNAIRES)
@require_safe
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everything is in the query: who answers, which section, and answers that were tried."""
    opened = version_or_404(slug, number)
    asked = request.GET
    seen = SeenByForm(asked, initial={})
    seen.is_valid()
    language = seen.cleaned_data.get("as_language") or languages.current().code
    facts = {name: seen.cleaned_data.get(name) or "" for name in FACTS} | {"language": language}
    answers = _tried(opened.held, facts, language, asked)
    sections = visible_sections(opened.held, answers, facts)
    shown = next((one for one in sections if one.code == asked.get("section")), None)
    shown = shown or (sections[0] if sections else None)
    form = None
    if shown is not None:
        form = SectionForm(shown, opened.held, answers, facts, language, written_in=language)
    here = [question.code for question in shown.questions] if shown else []
    context = {
        "seen": seen,
        "language_shown": languages.BY_CODE[language],
        "sections": [(one.code, words_in(one.title, language)) for one in sections],
        "hidden": len(opened.held.sections) - len(sections),
        "shown": shown,
        "form": form,
        "kept": _kept(asked, here),
    }
    return builder_page(request, "preview", opened, context)


def _tried(held: Definition, facts: dict[str, str], language: str, asked: Any) -> dict[str, Any]:
    """The answers in the query, whichever section they stand in; what is none is left out."""
    answers: dict[str, Any] = {}
    for section in held.sections:
        mine = asked.copy()
        mine["shown"] = " ".join(
            question.code
            for question in section.questions
            if any(name.partition(".")[0] == f"q-{question.code}" for name in asked)
        )
        form = SectionForm(section, held, answers, facts, language, data=mine, written_in=language)
        answers |= {code: value for code, value in form.read().items() if value is not None}
    return answers


def _kept(asked: Any, here: list[str]) -> list[tuple[str, str]]:
    """What was tried in other sections, so that it is not lost on the way through."""
    return [
        (name, value)
        for name, values in asked.lists()
        for value in values
        if name.startswith("q-") and name.partition(".")[0].removeprefix("q-") not in here
    ]
