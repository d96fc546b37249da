"""What conditions compare with, as people type and read it: labels in place of codes."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from stocktaking.kernel import languages
from stocktaking.kernel.text import name_key
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.questionnaire.words import OCCASION_NAMES

SEPARATOR = ";"
SUGGESTED_MAX = 60  # labels of one list; a longer one is no suggestion
_FACT_SCHEMES = {"stakeholder": "stakeholder", "country": "country"}
Labels = dict[str, str]  # by code


class Values:
    """Reads and writes the values of the conditions of one definition, in one language."""

    def __init__(self, held: Definition, language: str) -> None:
        self.held, self.language = held, language

    def of_question(self, code: str, comparison: str, text: str) -> Any:
        """The value typed for a comparison; ValueError with what to do where it is none."""
        question = self.held.question(code)
        if question is None:
            raise ValueError(_("This question is gone. Choose another."))
        if comparison.endswith("_than"):
            return _number(text)
        if question.kind is Kind.STATEMENT:
            return True
        if comparison == "in":
            return [self._one(question, piece) for piece in _pieces(text)]
        return self._one(question, text.strip())

    def of_fact(self, name: str, comparison: str, text: str) -> Any:
        labels = self._fact_labels.get(name, {})
        if comparison == "in":
            return [_code(labels, piece) for piece in _pieces(text)]
        return _code(labels, text.strip())

    def show(self, code: str, value: Any) -> str:
        """A stored value as it is typed."""
        question = self.held.question(code)
        labels = self._labels(question) if question else {}
        return _shown(labels, value)

    def show_fact(self, name: str, value: Any) -> str:
        return _shown(self._fact_labels.get(name, {}), value)

    def suggestions(self) -> list[str]:
        """Labels that a value may have, each once."""
        lists = [self._labels(question) for question in self.held.questions()]
        return list(
            dict.fromkeys(
                label
                for labels in (*lists, *self._fact_labels.values())
                if len(labels) <= SUGGESTED_MAX
                for label in labels.values()
            )
        )

    def _one(self, question: QuestionDef, text: str) -> Any:
        if question.kind is Kind.NUMBER:
            return _number(text)
        return _code(self._labels(question), text)

    def _labels(self, question: QuestionDef) -> Labels:
        if question.kind in (Kind.CHOICE, Kind.MANY):
            return {
                option["code"]: pick(option["label"], self.language) or option["code"]
                for option in question.settings.get("options", ())
            }
        if question.kind is Kind.COUNTRY:
            return self._terms("country")
        if question.kind is Kind.TERMS:
            return self._terms(question.settings.get("scheme", ""))
        return {}

    @cached_property
    def _fact_labels(self) -> dict[str, Labels]:
        return {
            **{name: self._terms(slug) for name, slug in _FACT_SCHEMES.items()},
            "language": {one.code: one.name for one in languages.LANGUAGES},
            "occasion": {code: str(name) for code, name in OCCASION_NAMES.items()},
        }

    def _terms(self, slug: str) -> Labels:
        scheme = catalogue().scheme(slug)
        return {term.code: term.label(self.language) for term in scheme or ()}


def _pieces(text: str) -> list[str]:
    found = [piece.strip() for piece in text.split(SEPARATOR)]
    return [piece for piece in found if piece]


def _code(labels: Labels, text: str) -> str:
    """The code that a label or a code names; any text where there is no list of codes."""
    if not text:
        raise ValueError(_("Give a value to compare with."))
    if not labels or text in labels:
        return text
    wanted = name_key(text)
    fitting = [
        code for code, label in labels.items() if wanted in (name_key(label), name_key(code))
    ]
    if len(fitting) != 1:
        raise ValueError(_("Nothing of this name can be chosen there."))
    return fitting[0]


def _number(text: str) -> int | float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(_("Enter a number in figures.")) from None
    if not -1e15 < number < 1e15:
        raise ValueError(_("Enter a number in figures."))
    return int(number) if number.is_integer() else number


def _shown(labels: Labels, value: Any) -> str:
    if isinstance(value, list):
        return f"{SEPARATOR} ".join(_shown(labels, one) for one in value)
    if value is True:
        return _("accepted")
    return labels.get(value, value) if isinstance(value, str) else str(value)
