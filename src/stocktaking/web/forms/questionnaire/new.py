"""Beginning: a questionnaire, a section, a question. The rest is said in their editors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.checking import SLUG_MAX, TITLE_MAX
from stocktaking.questionnaires.rules.definition import QuestionDef
from stocktaking.questionnaires.rules.settings import LABEL_MAX
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.questionnaire.words import KIND_NAMES


class NewQuestionnaireForm(Part):
    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX)
    slug = forms.CharField(
        label=_("Name in addresses"),
        max_length=SLUG_MAX,
        help_text=_("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    copy_of = forms.ChoiceField(
        label=_("Begin with the questions of"),
        required=False,
        help_text=_("Any version of any questionnaire, such as that of the previous call."),
    )

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            "slug": held["slug"],
            "title": {languages.current().code: held["title"]},
            "copy_of": int(held["copy_of"]) if held["copy_of"] else None,
        }


class NewQuestionForm(Part):
    label = forms.CharField(label=_("Question"), max_length=LABEL_MAX)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=list(KIND_NAMES.items()), initial=Kind.SHORT.value
    )

    def question(self, code: str) -> QuestionDef:
        held = self.cleaned_data
        return QuestionDef(
            code=code,
            kind=Kind(held["kind"]),
            label={languages.current().code: held["label"]},
        )
