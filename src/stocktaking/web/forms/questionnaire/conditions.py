"""A condition as rows of a form: question, comparison, value; all of them or any.

What is nested more deeply than that is edited as it is written, in JSON.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.questionnaires.rules.conditions import COMPARISONS, FACTS
from stocktaking.questionnaires.rules.definition import Condition, Definition
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.forms.base import Part, Problem, rows_of
from stocktaking.web.forms.questionnaire.values import Values
from stocktaking.web.forms.questionnaire.words import COMPARISON_NAMES, FACT_NAMES

ALWAYS, RAW = "", "raw"
NEGATED = {"is_not": "is", "has_not": "has"}
Row = dict[str, str]


class HeadForm(Part):
    combine = forms.ChoiceField(
        label=gettext_lazy("In which cases"),
        required=False,
        choices=[
            (ALWAYS, gettext_lazy("Always")),
            ("all", gettext_lazy("When all of these hold")),
            ("any", gettext_lazy("When at least one of these holds")),
        ],
    )
    raw = forms.CharField(
        label=gettext_lazy("Condition as it is written"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, "dir": "ltr", "spellcheck": "false"}),
    )


class RowForm(Part):
    subject = forms.ChoiceField(label=gettext_lazy("Question or fact"), required=False)
    comparison = forms.ChoiceField(
        label=gettext_lazy("Comparison"), required=False, choices=list(COMPARISON_NAMES.items())
    )
    value = forms.CharField(
        label=gettext_lazy("Value"),
        required=False,
        max_length=2_000,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto", "list": "values"}),
    )

    def has_changed(self) -> bool:
        return bool(self.typed("subject") or self.typed("value"))


class ConditionForm:
    """One condition of a section or question. ``name`` is ``shown_when`` or ``required_when``.

    ``optional`` offers "always"; without it the rows are all there is. Who compares in further
    ways gives ``row_form`` and reads and writes its rows (``_rows``, ``_read_row``).
    """

    row_form: type[Part] = RowForm
    empty_rows = 1

    def __init__(
        self,
        name: str,
        held: Definition,
        stored: Condition | None,
        language: str,
        data: Mapping[str, Any] | None = None,
        *,
        own: str = "",
        optional: bool = True,
        quiet: bool = False,
    ) -> None:
        self.name, self.values = name, Values(held, language)
        simple = self._rows(stored)
        combine, rows = simple or (RAW, [])
        written = json.dumps(stored, ensure_ascii=False, indent=2) if simple is None else ""
        self.head = HeadForm(
            data, prefix=name, quiet=quiet, initial={"combine": combine, "raw": written}
        )
        self.nested = simple is None or self.head.typed("combine") == RAW
        choices = list(self.head.fields["combine"].choices)  # type: ignore[attr-defined]
        if not optional:
            choices = choices[1:]
        if self.nested:
            choices.append((RAW, _("As it is written below")))
        self.head.offer("combine", choices)
        self.rows = rows_of(self.row_form, extra=self.empty_rows, most=30)(
            data, prefix=f"{name}-rows", initial=rows, form_kwargs={"quiet": quiet}
        )
        for row in self.rows.forms:
            row.offer("subject", self._subjects(held, language, own))

    def is_valid(self) -> bool:
        """Whether ``condition`` can be asked; each fault stands at its row."""
        if not (self.head.is_valid() and self.rows.is_valid()):
            return False
        try:
            self.condition = self._read()
        except ValueError:
            return False
        return not self.head.errors and all(not row.errors for row in self.rows.forms)

    def _rows(self, stored: Condition | None) -> tuple[str, list[Row]] | None:
        return rows_from(stored, self.values)

    def _subjects(self, held: Definition, language: str, own: str) -> list[tuple[str, Any]]:
        return subjects(held, language, own)

    def _read(self) -> dict[str, Any] | None:
        combine = self.head.cleaned_data["combine"]
        if combine == ALWAYS:
            return None
        if combine == RAW:
            return self._read_raw()
        parts = []
        for row in self.rows.filled_forms():
            try:
                parts.append(self._read_row(row.cleaned_data))
            except ValueError as error:
                row.add_error("value", str(error))
        if not parts and not any(row.errors for row in self.rows.forms):
            self._refuse_nothing()
        return parts[0] if len(parts) == 1 else {combine: parts}

    def _refuse_nothing(self) -> None:
        self.head.add_error("combine", _("Fill in a row, or choose that there is no condition."))

    def _read_raw(self) -> dict[str, Any] | None:
        try:
            stated = json.loads(self.head.cleaned_data["raw"])
        except (ValueError, RecursionError):
            stated = None
        if not isinstance(stated, dict):
            self.head.add_error("raw", _("This is not JSON. Check brackets, quotes and commas."))
            raise ValueError(self.name)
        return stated

    def _read_row(self, stated: Row) -> dict[str, Any]:
        subject, comparison = stated["subject"], stated["comparison"] or "is"
        sort, _colon, name = subject.partition(":")
        if not subject:
            raise ValueError(_("Choose what the value belongs to."))
        if comparison in NEGATED:
            return {"not": self._read_row({**stated, "comparison": NEGATED[comparison]})}
        if sort == "f":
            if comparison not in ("is", "in"):
                raise ValueError(_("A fact can only be compared by what it is."))
            return {
                "fact": name,
                comparison: self.values.of_fact(name, comparison, stated["value"]),
            }
        if comparison in ("answered", "not_answered"):
            return {"question": name, "answered": comparison == "answered"}
        return {
            "question": name,
            comparison: self.values.of_question(name, comparison, stated["value"]),
        }

    def refuse(self, message: str) -> None:
        """Show what the rules say of the condition as a whole."""
        self.head.add_error("raw" if self.nested else "combine", message)

    def problems(self) -> Iterator[Problem]:
        yield from self.head.problems()
        yield from self.rows.problems()

    @property
    def suggestions(self) -> list[str]:
        """Labels that the browser may offer while a value is typed."""
        return self.values.suggestions()


def rows_from(
    condition: Condition | None,
    values: Values,
    row_of: Callable[[Condition, Values], Row | None] | None = None,
) -> tuple[str, list[Row]] | None:
    """How a condition is combined and its rows; None where it has no such form."""
    if condition is None:
        return ALWAYS, []
    combine = next((name for name in ("all", "any") if name in condition), "")
    parts = condition[combine] if combine else [condition]
    rows = [(row_of or row_from)(part, values) for part in parts]
    if any(row is None for row in rows):
        return None
    return combine or "all", [row for row in rows if row is not None]


def row_from(condition: Condition, values: Values, *, negated: bool = False) -> Row | None:
    """One comparison as a row; None where it is none."""
    if "not" in condition and not negated:
        return row_from(condition["not"], values, negated=True)
    comparison = next((name for name in COMPARISONS if name in condition), "")
    name = next((n for n, positive in NEGATED.items() if positive == comparison), "")
    if not comparison or (negated and not name):
        return None
    if "fact" in condition:
        subject = f"f:{condition['fact']}"
        shown = values.show_fact(condition["fact"], condition[comparison])
    else:
        subject = f"q:{condition['question']}"
        shown = values.show(condition["question"], condition[comparison])
    if comparison == "answered":
        return {
            "subject": subject,
            "comparison": "answered" if condition["answered"] else "not_answered",
            "value": "",
        }
    return {"subject": subject, "comparison": name if negated else comparison, "value": shown}


def subjects(held: Definition, language: str, own: str) -> list[tuple[str, Any]]:
    """What a row may be about: questions, but the ``own`` one, and facts."""
    questions = [
        (f"q:{question.code}", pick(question.label, language) or question.code)
        for question in held.questions()
        if question.code != own
    ]
    facts = [(f"f:{name}", FACT_NAMES[name]) for name in FACTS]
    return [
        ("", ""),
        (gettext_lazy("Questions"), questions),  # type: ignore[list-item]
        (gettext_lazy("Who answers"), facts),  # type: ignore[list-item]
    ]
