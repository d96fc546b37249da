"""When a check speaks: rows of question, comparison and value; all of them or any."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.intake.rules.checks import OF_READERS, wrong_with
from stocktaking.kernel.text import name_key
from stocktaking.questionnaires.operations.refusals import of as refusal_of
from stocktaking.questionnaires.rules.definition import (
    Condition,
    Definition,
    QuestionDef,
    SectionDef,
)
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.forms.questionnaire.conditions import (
    ALWAYS,
    RAW,
    ConditionForm,
    Row,
    RowForm,
    row_from,
    rows_from,
    subjects,
)
from stocktaking.web.forms.questionnaire.values import Values

COMPARISONS: dict[str, str | Promise] = {
    "not_answered": gettext_lazy("is not answered"),
    "answered": gettext_lazy("is answered"),
    "words_less_than": gettext_lazy("has fewer words than"),
    "words_more_than": gettext_lazy("has more words than"),
    "less_than": gettext_lazy("is less than, or has fewer items than"),
    "more_than": gettext_lazy("is more than, or has more items than"),
    "is": gettext_lazy("is exactly"),
    "is_not": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "has": gettext_lazy("contains"),
    "has_not": gettext_lazy("does not include"),
    "in_capitals": gettext_lazy("is written in capital letters"),
    "after_today": gettext_lazy("lies in the future"),
    "repeats": gettext_lazy("says the same as the question"),
}


class CheckRowForm(RowForm):
    comparison = forms.ChoiceField(
        label=gettext_lazy("Comparison"), required=False, choices=list(COMPARISONS.items())
    )


class CheckCondition(ConditionForm):
    """The condition of a check; there is always one. It asks about any question of any call."""

    row_form = CheckRowForm

    def __init__(
        self,
        questions: Mapping[str, QuestionDef],
        stored: Condition | None,
        language: str,
        data: Mapping[str, Any] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        self.questions = questions
        every = SectionDef("all", {}, questions=tuple(questions.values()))
        held = Definition("checks", {}, (every,))
        self.empty_rows = 0 if stored else 1  # there is a button for more
        super().__init__("when", held, stored, language, data, optional=False, quiet=quiet)

    def in_words(self) -> str:
        """What is typed or saved, a row on a line, to be compared with what somebody else saved."""
        if self.head.typed("combine") == RAW:
            return str(self.head.typed("raw") or "")
        told = [_told(row) for row in self.rows.forms if row.typed("subject")]
        if len(told) < 2:
            return "".join(told)
        ways = dict(self.head.fields["combine"].choices)  # type: ignore[attr-defined]
        way = self.head.typed("combine")
        return "\n".join([str(ways.get(way) or ways["all"]), *told])

    def _subjects(self, held: Definition, language: str, own: str) -> list[tuple[str, Any]]:
        """Questions of several questionnaires may have the same words: their code is told."""
        empty, (title, questions), facts = subjects(held, language, own)
        named = [
            (key, f"{label[:60]} ({code})" if (code := key.removeprefix("q:")) != label else code)
            for key, label in questions
        ]
        return [empty, (title, named), facts]

    def _rows(self, stored: Condition | None) -> tuple[str, list[Row]] | None:
        return rows_from(stored, self.values, _row) if stored else ("all", [])

    def _read(self) -> dict[str, Any] | None:
        if self.head.cleaned_data["combine"] == ALWAYS:
            self.head.cleaned_data["combine"] = "all"
        return super()._read()

    def _refuse_nothing(self) -> None:
        told = _("Choose the question that this is about.")
        if self.rows.forms:
            self.rows.forms[0].add_error("subject", told)
        else:
            self.head.add_error("combine", told)

    def _read_row(self, stated: Row) -> dict[str, Any]:
        """What the rules say of one comparison stands at its row."""
        read = self._compared(stated)
        if found := wrong_with(read, self.questions):
            raise ValueError(str(refusal_of(found[0])))
        return read

    def _compared(self, stated: Row) -> dict[str, Any]:
        comparison, (sort, _colon, code) = stated["comparison"], stated["subject"].partition(":")
        if comparison not in OF_READERS or not stated["subject"]:
            return super()._read_row(stated)
        if sort != "q":
            raise ValueError(_("A fact can only be compared by what it is."))
        value = self._other(stated["value"]) if comparison == "repeats" else True
        return {"question": code, comparison: value}

    def _other(self, text: str) -> str:
        """The code of the question that a code or its words name."""
        asked = self.values.held.questions()
        known = {one.code: pick(one.label, self.values.language) for one in asked}
        if text.strip() in known:
            return text.strip()
        wanted = name_key(text)
        fitting = [code for code, label in known.items() if wanted and name_key(label) == wanted]
        if len(fitting) != 1:
            raise ValueError(_("Write the code of the other question, as it stands in the list."))
        return fitting[0]


def _row(condition: Condition, values: Values) -> Row | None:
    name = next((one for one in OF_READERS if one in condition), "")
    if not name:
        return row_from(condition, values)
    if name != "repeats" and condition[name] is not True:
        return None
    value = str(condition[name]) if name == "repeats" else ""
    return {"subject": f"q:{condition['question']}", "comparison": name, "value": value}


def _told(row: Any) -> str:
    """One row as it reads."""
    groups = dict(row.fields["subject"].choices)
    flat = {key: label for group in groups.values() if group for key, label in group}
    comparison = row.typed("comparison") or "is"
    said = (
        flat.get(row.typed("subject"), row.typed("subject")),
        COMPARISONS.get(comparison, comparison),
        row.typed("value") or "",
    )
    return " ".join(str(one) for one in said if one)
