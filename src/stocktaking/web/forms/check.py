"""A check of replies: when it speaks, and what it says in six languages."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.intake.states import Severity
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.definition import QuestionDef
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.web.forms.base import Part

SEVERITIES = (
    (Severity.ERROR.value, gettext_lazy("Error: stops acceptance")),
    (Severity.WARNING.value, gettext_lazy("Warning: asks for a look")),
    (Severity.HINT.value, gettext_lazy("Hint: helps")),
)
# what can be said in one line; everything else is written as a condition
COMPARISONS = (
    ("answered:no", gettext_lazy("is not answered")),
    ("answered:yes", gettext_lazy("is answered")),
    ("words_less_than", gettext_lazy("has fewer words than")),
    ("words_more_than", gettext_lazy("has more words than")),
    ("less_than", gettext_lazy("is less than, or has fewer items than")),
    ("more_than", gettext_lazy("is more than, or has more items than")),
    ("is", gettext_lazy("is exactly")),
    ("has", gettext_lazy("contains")),
    ("in_capitals", gettext_lazy("is written in capital letters")),
    ("after_today", gettext_lazy("lies in the future")),
    ("repeats", gettext_lazy("says the same as the question")),
)
_NUMBERS = frozenset({"words_less_than", "words_more_than", "less_than", "more_than"})
_NOTHING = frozenset({"in_capitals", "after_today"})


class CheckForm(Part):
    """Either ``question``, ``comparison`` and ``value``, or ``condition`` as JSON."""

    slug = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"), choices=SEVERITIES, initial=Severity.WARNING.value
    )
    question = forms.ChoiceField(label=gettext_lazy("Where the answer to"), required=False)
    comparison = forms.ChoiceField(
        label=gettext_lazy("Comparison"), required=False, choices=COMPARISONS
    )
    value = forms.CharField(
        label=gettext_lazy("Value"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("A number, a code, or the code of another question."),
    )
    condition = forms.CharField(
        label=gettext_lazy("Condition in full"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy("For several comparisons at once. It takes the place of the line."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr", "spellcheck": "false"}),
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
        *args: Any,
        questions: Mapping[str, QuestionDef],
        calls: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        named = [(code, _named(question)) for code, question in questions.items()]
        self.offer("question", [("", "–"), *named])
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("condition"):
            self._read_condition(cleaned)
        elif cleaned.get("question"):
            cleaned["stated"] = self._one_line(cleaned)
        else:
            self.add_error("question", _("Choose the question that this is about."))
        return cleaned

    def _read_condition(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["stated"] = json.loads(cleaned["condition"])
        except (ValueError, RecursionError):
            self.add_error("condition", _("This condition cannot be read."))

    def _one_line(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        name, _colon, wanted = cleaned["comparison"].partition(":")
        line: dict[str, Any] = {"question": cleaned["question"]}
        if name == "answered":
            return line | {name: wanted == "yes"}
        if name in _NOTHING:
            return line | {name: True}
        value: Any = cleaned.get("value", "").strip()
        kind = self.questions[cleaned["question"]].kind
        if name in _NUMBERS or kind is Kind.NUMBER:
            try:
                value = int(value)
            except ValueError:
                self.add_error("value", _("Enter a whole number."))
        elif not value:
            self.add_error("value", _("Give the value to compare with."))
        return line | {name: value}

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            "severity": held["severity"],
            "condition": held["stated"],
            "message": {code: held[f"message-{code}"] for code in languages.CODES},
            "place": held["place"],
            "to_submitter": held["to_submitter"],
            "calls": held["calls"],
            "active": held["active"],
        }

    def add_rule(self, broken: Any, fallback: str | None = None) -> None:
        moved = f"message-{languages.current().code}" if broken.field == "message" else fallback
        super().add_rule(broken, fallback=moved)


def check_initial(row: Any) -> dict[str, Any]:
    """What the form of a check shows; a condition of one comparison as a line."""
    line = _line_of(row.condition)
    return {
        "slug": row.slug,
        "severity": row.severity,
        "place": row.place,
        "to_submitter": row.to_submitter,
        "calls": row.calls,
        "active": row.active,
        **{f"message-{code}": text for code, text in row.message.items()},
        **(line or {"condition": json.dumps(row.condition, ensure_ascii=False, indent=1)}),
    }


def _line_of(condition: Mapping[str, Any]) -> dict[str, Any] | None:
    if set(condition) - {"question"} == set(condition) or len(condition) != 2:
        return None
    [name] = set(condition) - {"question"}
    value = condition[name]
    if name == "answered":
        name, value = f"answered:{'yes' if value else 'no'}", ""
    elif name in _NOTHING:
        if value is not True:
            return None
        value = ""
    if name not in {known for known, _label in COMPARISONS}:
        return None
    return {"question": condition["question"], "comparison": name, "value": value}


def _named(question: QuestionDef) -> str:
    label = question.label.get(languages.current().code) or question.label.get("en") or ""
    return f"{label[:60]} ({question.code})" if label else question.code
