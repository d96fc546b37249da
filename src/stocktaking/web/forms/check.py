"""A check of replies: when it speaks, and what it says in six languages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from stocktaking.intake.states import Severity
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.rules.definition import Condition, QuestionDef
from stocktaking.web.forms.base import Part, Problem
from stocktaking.web.forms.check_condition import CheckCondition

SEVERITIES = (
    (Severity.ERROR.value, gettext_lazy("Error: stops acceptance")),
    (Severity.WARNING.value, gettext_lazy("Warning: asks for a look")),
    (Severity.HINT.value, gettext_lazy("Hint: helps")),
)


class CheckForm(Part):
    """What a check says and where; ``when`` is the form of its condition."""

    slug = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"), choices=SEVERITIES, initial=Severity.WARNING.value
    )
    place = forms.ChoiceField(label=gettext_lazy("Shown at the question"), required=False)
    to_submitter = forms.BooleanField(
        label=gettext_lazy("Show it to people before they send"), required=False
    )
    calls = forms.MultipleChoiceField(
        label=gettext_lazy("Calls"),
        required=False,
        help_text=gettext_lazy("None ticked: all calls."),
        widget=forms.CheckboxSelectMultiple,
    )
    active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        questions: Mapping[str, QuestionDef],
        calls: Iterable[tuple[str, str]],
        condition: Condition | None = None,
        quiet: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, quiet=quiet, initial=initial)
        here = languages.current().code
        self.when = CheckCondition(questions, condition, here, data, quiet=quiet)
        named = [(code, _named(question)) for code, question in questions.items()]
        self.offer("place", [("", gettext_lazy("The whole reply")), *named])
        self.offer("calls", calls)
        for language in languages.LANGUAGES:
            self.fields[f"message-{language.code}"] = forms.CharField(
                label=language.name,
                required=False,
                max_length=500,
                widget=forms.TextInput({"lang": language.code, "dir": language.direction}),
            )

    @property
    def messages_by_language(self) -> list[Any]:
        return [self[f"message-{code}"] for code in languages.CODES]

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.when.is_valid()])

    def problems(self) -> Iterator[Problem]:
        yield from self.when.problems()
        yield from super().problems()

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            "severity": held["severity"],
            "condition": self.when.condition,
            "message": {code: held[f"message-{code}"] for code in languages.CODES},
            "place": held["place"],
            "to_submitter": held["to_submitter"],
            "calls": held["calls"],
            "active": held["active"],
        }

    def add_rule(self, broken: RuleBroken, fallback: str | None = None) -> None:
        for one in broken.errors if isinstance(broken, RulesBroken) else [broken]:
            if one.field == "condition":
                self.when.refuse(str(one))
            else:
                here = f"message-{languages.current().code}"
                super().add_rule(one, fallback=here if one.field == "message" else fallback)


def check_initial(row: Any) -> dict[str, Any]:
    """What the form of a check shows, but its condition."""
    return {
        "slug": row.slug,
        "severity": row.severity,
        "place": row.place,
        "to_submitter": row.to_submitter,
        "calls": row.calls,
        "active": row.active,
        **{f"message-{code}": text for code, text in row.message.items()},
    }


def _named(question: QuestionDef) -> str:
    label = question.label.get(languages.current().code) or question.label.get("en") or ""
    return f"{label[:60]} ({question.code})" if label else question.code
