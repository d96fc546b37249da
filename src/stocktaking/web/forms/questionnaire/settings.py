"""The settings of a question, as fields that fit its kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.settings import ALLOWED, OPTIONS_MAX
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.questionnaire.texts import (
    TextsField,
    read_texts,
    shown_texts,
    texts_fields,
    texts_initial,
)
from stocktaking.web.forms.questionnaire.words import PARTS_OF_QUESTIONS, PRECISION_NAMES

FILE_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (docx)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (xlsx)",
    "application/vnd.oasis.opendocument.text": "OpenDocument (odt)",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument (ods)",
    "text/plain": "TXT",
    "text/csv": "CSV",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
}
_FLAGS = frozenset({"notes", "many", "emails", "several"})
_DEFAULTS = {"precision": "year"}
_DATES = frozenset({"earliest", "latest"})
_ELSEWHERE = frozenset({"options", "unit"})  # they have fields of their own


class SettingsForm(Part):
    """Fields named as the settings themselves."""

    def __init__(
        self, question: QuestionDef, held: Definition, data: Any = None, **kwargs: Any
    ) -> None:
        self.kind, self.settings = question.kind, question.settings
        initial = {**question.settings, **texts_initial("unit", question.settings.get("unit", {}))}
        super().__init__(data, prefix="set", initial=initial, **kwargs)
        for name in ALLOWED[self.kind]:
            if name not in _ELSEWHERE:
                self.fields[name] = self._field(name, question, held)
        if self.kind is Kind.NUMBER:
            self.fields.update(texts_fields("unit", PARTS_OF_QUESTIONS["unit"], most=100))

    def _field(self, name: str, question: QuestionDef, held: Definition) -> forms.Field:
        label: Any = PARTS_OF_QUESTIONS[name]
        if name in _FLAGS:
            return forms.BooleanField(label=label, required=False)
        if name == "scheme":
            return forms.ChoiceField(label=label, required=False, choices=_schemes())
        if name == "precision":
            return forms.ChoiceField(
                label=label, required=False, choices=list(PRECISION_NAMES.items())
            )
        if name == "not_before":
            return forms.ChoiceField(
                label=label, required=False, choices=_dates(held, question.code)
            )
        if name == "types":
            known = {**dict.fromkeys(question.settings.get("types", ())), **FILE_TYPES}
            return forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[(one, FILE_TYPES.get(one, one)) for one in known],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("None ticked: all that the register accepts."),
            )
        if name in _DATES:
            return forms.CharField(
                label=label,
                required=False,
                max_length=10,
                help_text=_("2019, 2019-05 or 2019-05-17"),
                widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
            )
        number = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}
        if self.kind is Kind.NUMBER and name in ("min", "max"):
            return forms.DecimalField(
                label=label, required=False, localize=False, widget=forms.TextInput(number)
            )
        return forms.IntegerField(
            label=label, required=False, localize=False, widget=forms.TextInput(number)
        )

    @property
    def plain(self) -> list[Any]:
        """The fields that stand in a row, without those for texts in six languages."""
        return [self[name] for name in self.fields if not name.startswith("unit-")]

    @property
    def unit(self) -> TextsField | None:
        return shown_texts(self, "unit") if self.kind is Kind.NUMBER else None

    def stated(self) -> dict[str, Any]:
        """The settings, without those left empty."""
        found: dict[str, Any] = {}
        for name in ALLOWED[self.kind]:
            value = self.cleaned_data.get(name)
            if name in _ELSEWHERE or value is None or value is False or value in ("", []):
                continue
            if value != _DEFAULTS.get(name):
                found[name] = _plain(value)
        if self.kind is Kind.NUMBER and (unit := read_texts(self, "unit")):
            found["unit"] = unit
        return found


class OptionForm(Part):
    """One option: its code, its place and its label in six languages."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    place = forms.IntegerField(
        label=_("Place"),
        required=False,
        min_value=0,
        max_value=OPTIONS_MAX * 10,
        localize=False,
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(texts_fields("label", _("Option"), most=1_000))

    def has_changed(self) -> bool:
        labels = (self.typed(f"label-{code}") for code in languages.CODES)
        return bool(self.typed("code") or any(labels))

    @property
    def label(self) -> TextsField:
        return shown_texts(self, "label")


def option_initial(settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"code": one["code"], "place": place, **texts_initial("label", one["label"])}
        for place, one in enumerate(settings.get("options", ()), start=1)
    ]


def _plain(value: Any) -> Any:
    """Decimals as the numbers that JSON knows."""
    if hasattr(value, "as_tuple"):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _schemes() -> list[tuple[str, str]]:
    schemes = catalogue().schemes.values()
    return [("", ""), *((one.slug, one.label()) for one in schemes if one.retired_on is None)]


def _dates(held: Definition, own: str) -> list[tuple[str, str]]:
    language = languages.current().code
    found = [
        (one.code, pick(one.label, language) or one.code)
        for one in held.questions()
        if one.kind is Kind.DATE and one.code != own
    ]
    return [("", ""), *found]
