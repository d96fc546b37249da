"""A section of a questionnaire as a form: any mixture of kinds, without a script."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from stocktaking.accounts.models import Person
from stocktaking.accounts.queries import OrganisationView, organisations
from stocktaking.questionnaires.rules.answers import effective
from stocktaking.questionnaires.rules.browser import for_browser
from stocktaking.questionnaires.rules.conditions import required, visible
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.rules.values import Answers, Facts
from stocktaking.questionnaires.states import QuestionKind
from stocktaking.web.forms.base import Problem
from stocktaking.web.forms.questions.around import Around, words_in
from stocktaking.web.forms.questions.choices import ChoiceField, ManyField, StatementField
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.questions.files import FilesField, ImagesField
from stocktaking.web.forms.questions.organisation import OrganisationField
from stocktaking.web.forms.questions.rows import LinkField, PeopleField
from stocktaking.web.forms.questions.suggesting import texts_of
from stocktaking.web.forms.questions.terms import CountryField, TermsField
from stocktaking.web.forms.questions.texts import DateField, NumberField, ShortField, TextField

SHOWN = "shown"  # names the questions that the form had: what it did not have is not emptied
FOUND = 20  # organisations that a search by name offers

FIELDS: dict[QuestionKind, type[QuestionField]] = {
    QuestionKind.SHORT: ShortField,
    QuestionKind.LONG: TextField,
    QuestionKind.NUMBER: NumberField,
    QuestionKind.DATE: DateField,
    QuestionKind.CHOICE: ChoiceField,
    QuestionKind.MANY: ManyField,
    QuestionKind.TERMS: TermsField,
    QuestionKind.COUNTRY: CountryField,
    QuestionKind.ORGANISATION: OrganisationField,
    QuestionKind.PEOPLE: PeopleField,
    QuestionKind.FILE: FilesField,
    QuestionKind.IMAGE: ImagesField,
    QuestionKind.LINK: LinkField,
    QuestionKind.STATEMENT: StatementField,
}


class SectionForm:
    """All questions of a section; those whose condition does not hold are in the page, hidden.

    ``answers`` are the stored ones of the whole questionnaire, ``language`` is the reader's and
    ``written_in`` the one of the texts. ``only`` leaves the other questions out, as when two
    people changed one of them. Bound to ``data`` it shows what was typed.
    """

    def __init__(
        self,
        section: SectionDef,
        definition: Definition,
        answers: Answers,
        facts: Facts,
        language: str,
        data: QueryDict | None = None,
        files: Any = None,
        conflicts: Sequence[Any] = (),
        *,
        written_in: str = "",
        own_organisations: Sequence[OrganisationView] = (),
    ) -> None:
        self.section = section
        self.definition = definition
        self.answers = dict(answers)
        self.facts = facts
        self.language = language
        self.title = words_in(section.title, language)
        self.introduction = words_in(section.introduction, language)
        self.conflicts = {one.code: one for one in conflicts}
        self.general: list[str] = []  # what is wrong, but with no answer in particular
        self._around = Around(language, written_in or language, data, files, own_organisations)
        sent = set(data.get(SHOWN, "").split()) if data is not None else set()
        self.fields = [
            self._field(question, question.code in sent)
            for question in section.questions
            if not conflicts or question.code in self.conflicts
        ]
        self.sent = frozenset(sent & {field.code for field in self.fields})
        self.judge()

    def _field(self, question: QuestionDef, sent: bool) -> QuestionField:
        stored = self.answers.get(question.code)
        field = FIELDS[QuestionKind(question.kind)](question, stored, self._around)
        if sent and self._around.data is not None:
            field.read(self._around.data)
        return field

    def judge(self) -> None:
        """See anew what is shown and what must be answered, by what stands in the fields now."""
        now = {**self.answers, **{field.code: field.value for field in self.fields}}
        counting = effective(self.definition, now, self.facts)
        shown = visible(self.definition, now, self.facts)
        for field in self.fields:
            field.hidden = field.code not in shown
            field.required = required(field.question, counting, self.facts)

    def __iter__(self) -> Iterator[QuestionField]:
        return iter(self.fields)

    def field(self, code: str) -> QuestionField | None:
        return next((one for one in self.fields if one.code == code), None)

    @property
    def codes(self) -> str:
        """What the form names as shown."""
        return " ".join(field.code for field in self.fields)

    @property
    def for_browser(self) -> str:
        """What ``questionnaire.js`` reads from ``data-questionnaire``."""
        here = [field.code for field in self.fields]
        told = for_browser(self.definition, self.answers, self.facts, here=here)
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @property
    def visible_codes(self) -> frozenset[str]:
        return frozenset(field.code for field in self.fields if not field.hidden)

    @property
    def takes_files(self) -> bool:
        return any(isinstance(field, FilesField) for field in self.fields)

    def store_uploads(self, *, by: Person | None, at: dt.datetime) -> None:
        """Keep the files that came along; before ``read``."""
        for field in self.fields:
            if isinstance(field, FilesField) and field.code in self.sent:
                field.store(by=by, at=at)

    def read(self) -> dict[str, Any]:
        """Plain answers by code, of the questions that the form had and that could be read."""
        return {
            field.code: field.value
            for field in self.fields
            if field.code in self.sent and field.readable
        }

    def search(self, code: str, name: str) -> None:
        """Look for organisations by their name, for one question."""
        field = self.field(code)
        if isinstance(field, OrganisationField):
            field.find = name
            if name:
                self._around.found[code] = organisations(name, size=FOUND)[0]

    def let_suggest(self) -> None:
        for field in self.fields:
            if isinstance(field, TermsField):
                field.let_suggest()

    @property
    def suggests(self) -> bool:
        return any(isinstance(field, TermsField) and field.offers for field in self.fields)

    def suggest(self, code: str, written_in: str) -> None:
        """Look which terms the texts of the whole questionnaire speak for, for one question."""
        field = self.field(code)
        if isinstance(field, TermsField):
            field.suggest(texts_of(self.definition, self.answers, written_in))

    def take_over(self, sent: "SectionForm", refused: Collection[str]) -> None:
        """Show what could not be kept of a form that was sent: this one shows what is stored.

        All else comes from what is stored now, for others may have changed it meanwhile.
        """
        for place, field in enumerate(self.fields):
            typed = sent.field(field.code)
            if typed is None:
                continue
            if not typed.readable or typed.code in refused:
                self.fields[place] = typed
            else:
                field.keep_rest(typed)
        self.general += sent.general

    def show_comments(self, comments: Mapping[str, list[Any]]) -> None:
        for field in self.fields:
            field.comments = comments.get(field.code, [])

    def refuse(self, faults: Iterable[tuple[str, str]]) -> None:
        """Show messages where they belong: pairs of a place (``goals.3.note``) and a message."""
        for place, message in faults:
            code, _point, part = place.partition(".")
            if field := self.field(code):
                field.complain(message, part)
            elif self.definition.question(code) is None:
                self.general.append(message)

    def problems(self) -> list[Problem]:
        """What stands at the fields, for the summary at the head of the form."""
        found = [Problem("", "", message) for message in self.general]
        for field in self.fields:
            if field.hidden:
                continue
            found += [Problem(field.anchor, str(field.label), text) for text in field.errors]
            found += [
                Problem(field.anchor_of(part), str(field.label), text)
                for part, texts in field.part_errors.items()
                for text in texts
            ]
        return found
