"""The title of a questionnaire, and a section with its texts and its condition."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.rules.checking import TEXT_MAX, TITLE_MAX
from stocktaking.questionnaires.rules.definition import Definition, SectionDef
from stocktaking.web.forms.base import Part, Problem
from stocktaking.web.forms.questionnaire.conditions import ConditionForm
from stocktaking.web.forms.questionnaire.texts import (
    TextsField,
    first_name,
    read_texts,
    shown_texts,
    texts_fields,
    texts_initial,
)


class TitleForm(Part):
    def __init__(self, held: Definition, data: Any = None) -> None:
        super().__init__(data, initial=texts_initial("title", held.title))
        self.fields.update(texts_fields("title", _("Title"), most=TITLE_MAX))

    @property
    def title(self) -> TextsField:
        return shown_texts(self, "title")

    def stated(self) -> dict[str, str]:
        return read_texts(self, "title")


class _HeadForm(Part):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Stands in addresses and files: small letters, digits, hyphens."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, section: SectionDef, data: Any, *, quiet: bool) -> None:
        initial = {
            "code": section.code,
            **texts_initial("title", section.title),
            **texts_initial("introduction", section.introduction),
        }
        super().__init__(data, initial=initial, quiet=quiet)
        self.fields.update(texts_fields("title", _("Title"), most=TITLE_MAX))
        self.fields.update(texts_fields("introduction", _("Introduction"), most=TEXT_MAX, rows=3))

    @property
    def title(self) -> TextsField:
        return shown_texts(self, "title")

    @property
    def introduction(self) -> TextsField:
        return shown_texts(self, "introduction")


class SectionEditForm:
    """A section; its questions stay as they are."""

    def __init__(
        self, section: SectionDef, held: Definition, data: Any = None, *, quiet: bool = False
    ) -> None:
        self.section = section
        language = languages.current().code
        self.head = _HeadForm(section, data, quiet=quiet)
        self.shown = ConditionForm(
            "shown_when", held, section.shown_when, language, data, quiet=quiet
        )

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.shown.is_valid()])

    def stated(self) -> SectionDef:
        return replace(
            self.section,
            code=self.head.cleaned_data["code"],
            title=read_texts(self.head, "title"),
            introduction=read_texts(self.head, "introduction"),
            shown_when=self.shown.condition,
        )

    def add_rule(self, broken: RuleBroken) -> None:
        """Show refusals where they belong, those about other places at the head."""
        for one in broken.errors if isinstance(broken, RulesBroken) else [broken]:
            part = (one.field or "").rpartition(".")[2]
            if part == "shown_when":
                self.shown.refuse(str(one))
            elif part in ("title", "introduction"):
                self.head.add_error(first_name(part), str(one))
            else:
                self.head.add_error("code" if part == "code" else None, str(one))

    def problems(self) -> Iterator[Problem]:
        yield from self.head.problems()
        yield from self.shown.problems()
