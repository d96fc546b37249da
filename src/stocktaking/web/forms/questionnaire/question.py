"""One question: its words, what it asks for, when it is asked, what becomes of the answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.rules.checking import NAMED_PARTS, PARTS, TEXT_MAX
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.settings import ALLOWED, LABEL_MAX, OPTIONS_MAX
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.base import Part, Problem, Rows, rows_of
from stocktaking.web.forms.questionnaire.conditions import ConditionForm
from stocktaking.web.forms.questionnaire.settings import (
    OptionForm,
    SettingsForm,
    option_initial,
)
from stocktaking.web.forms.questionnaire.texts import (
    TextsField,
    first_name,
    read_texts,
    shown_texts,
    texts_fields,
    texts_initial,
)
from stocktaking.web.forms.questionnaire.words import KIND_NAMES, PART_NAMES

NEVER, ALWAYS, WHEN = "no", "yes", "when"


class _HeadForm(Part):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Answers keep it for ever. Whatever asks about this question follows."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=list(KIND_NAMES.items()),
        help_text=_("Settings that the new kind does not have are dropped when you save."),
    )
    required = forms.ChoiceField(
        label=_("Required"),
        choices=[
            (NEVER, _("The answer may be left out")),
            (ALWAYS, _("The answer is required")),
            (WHEN, _("The answer is required in some cases")),
        ],
        widget=forms.RadioSelect,
    )
    binds_to = forms.ChoiceField(
        label=_("Part of the entry that the answer becomes"),
        required=False,
        help_text=_("Anything else is kept beside the entry under the code of the question."),
    )
    personal = forms.BooleanField(
        label=_("The answer is personal data"),
        required=False,
        help_text=_("It is never published, and tables leave it out unless asked for."),
    )

    def __init__(self, question: QuestionDef, data: Any, *, quiet: bool) -> None:
        initial = {
            "code": question.code,
            "kind": question.kind.value,
            "required": ALWAYS
            if question.required
            else (WHEN if question.required_when is not None else NEVER),
            "binds_to": question.binds_to,
            "personal": question.personal,
            **texts_initial("label", question.label),
            **texts_initial("help", question.help),
        }
        super().__init__(data, initial=initial, quiet=quiet)
        self.fields.update(texts_fields("label", _("Question"), most=LABEL_MAX))
        self.fields.update(texts_fields("help", _("Help"), most=TEXT_MAX, rows=3))
        self.offer("binds_to", _bindings(question))

    @property
    def label(self) -> TextsField:
        return shown_texts(self, "label")

    @property
    def help(self) -> TextsField:
        return shown_texts(self, "help")


class QuestionForm:
    """All that a question says. Bound to ``data`` it reads what was sent."""

    def __init__(
        self, question: QuestionDef, held: Definition, data: Any = None, *, quiet: bool = False
    ) -> None:
        self.question, self.bound = question, data is not None
        language = languages.current().code
        self.head = _HeadForm(question, data, quiet=quiet)
        self.settings = SettingsForm(question, held, data, quiet=quiet)
        self.options: Rows | None = None
        if question.kind in (Kind.CHOICE, Kind.MANY):
            self.options = rows_of(OptionForm, extra=2, most=OPTIONS_MAX)(
                data,
                prefix="options",
                initial=option_initial(question.settings),
                form_kwargs={"quiet": quiet},
            )
        self.required, self.shown = (
            ConditionForm(
                name,
                held,
                stored,
                language,
                data,
                own=question.code,
                optional=name == "shown_when",
                quiet=quiet,
            )
            for name, stored in (
                ("required_when", question.required_when),
                ("shown_when", question.shown_when),
            )
        )

    def is_valid(self) -> bool:
        """Every part is looked at, so that all faults are told at once."""
        good = [self.head.is_valid(), self.settings.is_valid(), self.shown.is_valid()]
        if self.options is not None:
            good.append(self.options.is_valid())
        if self.head.typed("required") == WHEN:
            good.append(self.required.is_valid())
        return all(good)

    def stated(self) -> QuestionDef:
        held = self.head.cleaned_data
        kind = Kind(held["kind"])
        settings = self.settings.stated()
        if self.options is not None:
            settings["options"] = self._options()
        return replace(
            self.question,
            code=held["code"],
            kind=kind,
            label=read_texts(self.head, "label"),
            help=read_texts(self.head, "help"),
            required=held["required"] == ALWAYS,
            required_when=self.required.condition if held["required"] == WHEN else None,
            shown_when=self.shown.condition,
            settings={name: one for name, one in settings.items() if name in ALLOWED[kind]},
            binds_to=held["binds_to"],
            personal=held["personal"],
        )

    def _options(self) -> list[dict[str, Any]]:
        assert self.options is not None  # noqa: S101 - asked for by stated alone
        rows = [row.cleaned_data | {"form": row} for row in self.options.filled_forms()]
        # a row without a place comes after those that have one, as it stands in the form
        rows.sort(key=lambda row: row["place"] if row["place"] is not None else 10**6)
        return [
            {
                "code": row["code"] or f"option-{place}",
                "label": read_texts(row["form"], "label"),
            }
            for place, row in enumerate(rows, start=1)
        ]

    def add_rule(self, broken: RuleBroken) -> None:
        """Show refusals where they belong, those about other questions at the head."""
        for one in broken.errors if isinstance(broken, RulesBroken) else [broken]:
            code, _point, part = (one.field or "").partition(".")
            if code not in ("", self.question.code, self.head.cleaned_data.get("code")):
                self.head.add_error(None, f"{code}: {one}")
            elif part in ("shown_when", "required_when"):
                (self.shown if part == "shown_when" else self.required).refuse(str(one))
            elif part in ("label", "help"):
                self.head.add_error(first_name(part), str(one))
            elif part in self.settings.fields:
                self.settings.add_error(part, str(one))
            else:
                self.head.add_error(part if part in self.head.fields else None, str(one))

    def problems(self) -> Iterator[Problem]:
        yield from self.head.problems()
        yield from self.settings.problems()
        if self.options is not None:
            yield from self.options.problems()
        if self.head.typed("required") == WHEN:
            yield from self.required.problems()
        yield from self.shown.problems()


def _bindings(question: QuestionDef) -> list[tuple[str, Any]]:
    """The parts of an entry that answers of this kind can become."""
    kind, framework = question.kind, catalogue()
    found: list[tuple[str, Any]] = [
        (part, PART_NAMES[part]) for part, kinds in PARTS.items() if kind in kinds
    ]
    sections = framework.scheme("section")
    if kind in NAMED_PARTS["section"] and sections:
        found += [(f"section:{term.code}", term.label()) for term in sections]
    if kind in NAMED_PARTS["scheme"]:
        found += [(f"scheme:{scheme.slug}", scheme.label()) for scheme in framework.direct()]
    if question.binds_to not in {part for part, _label in found} | {""}:
        found.append((question.binds_to, question.binds_to))
    return [("", _("None")), *found]
