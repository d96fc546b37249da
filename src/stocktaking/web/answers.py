"""Answers as people read them: on the page before sending, as sent, side by side, in the queue.

``chapters`` gives a whole reply, ``said`` one answer; ``web/reply/answer.html`` draws it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from stocktaking.accounts.queries import organisations_by_number
from stocktaking.files.queries import RenditionView, renditions
from stocktaking.kernel import charts
from stocktaking.kernel.periods import PartialDate
from stocktaking.questionnaires.rules.addresses import is_web_address
from stocktaking.questionnaires.rules.conditions import visible
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.texts import language_of, option_labels, pick
from stocktaking.questionnaires.rules.values import Answers, Facts, answered
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference.queries import TermView, catalogue


@dataclass(frozen=True)
class Item:
    """One of several things: a term with its note, a person, a link, a picture."""

    text: str
    note: str = ""
    url: str = ""
    term: TermView | None = None
    file: int = 0  # number of a document; an address for who may have it
    picture: RenditionView | None = None
    own_words: bool = False  # what the author wrote, and not a label of the register


@dataclass(frozen=True)
class Said:
    """An answer: running ``text`` of the author, a ``date``, or ``items``; or nothing."""

    text: str = ""
    date: PartialDate | None = None
    items: tuple[Item, ...] = ()
    language: str = ""  # of what the author wrote

    def __bool__(self) -> bool:
        return bool(self.text or self.date or self.items)


@dataclass(frozen=True)
class Line:
    """A question with its answer."""

    code: str
    label: str
    label_language: str
    said: Said


@dataclass(frozen=True)
class Chapter:
    code: str
    title: str
    title_language: str
    lines: tuple[Line, ...] = field(default=())


def chapters(
    definition: Definition,
    answers: Answers,
    facts: Facts,
    *,
    language: str,
    written_in: str,
    unanswered: bool = True,
) -> list[Chapter]:
    """The questions that count with their answers, by section; ``unanswered`` shows gaps too."""
    shown = visible(definition, answers, facts)
    found = []
    for section in definition.sections:
        lines = tuple(
            line_of(question, answers.get(question.code), definition, language, written_in)
            for question in section.questions
            if question.code in shown and (unanswered or answered(answers.get(question.code)))
        )
        if lines:
            title = pick(section.title, language)
            found.append(Chapter(section.code, title, language_of(section.title, language), lines))
    return found


def line_of(
    question: QuestionDef, value: Any, definition: Definition, language: str, written_in: str
) -> Line:
    return Line(
        code=question.code,
        label=pick(question.label, language) or question.code,
        label_language=language_of(question.label, language),
        said=said(question, value, definition, language, written_in),
    )


def said(
    question: QuestionDef, value: Any, definition: Definition, language: str, written_in: str
) -> Said:
    """One answer in words; one of a shape that its kind does not have says nothing."""
    if not answered(value):
        return Said()
    kind = question.kind
    if kind in (Kind.SHORT, Kind.LONG):
        return Said(text=str(value), language=written_in)
    if kind is Kind.DATE:
        return Said(date=_date(value))
    if kind is Kind.NUMBER:
        unit = pick(question.settings.get("unit") or {}, language)
        figure = charts.figure(value) if isinstance(value, int | float) else ""
        return Said(items=(Item(f"{figure} {unit}".strip()),))
    if kind is Kind.STATEMENT:
        return Said(items=(Item(_("Confirmed")),))
    items = _items(question, value, definition, language)
    return Said(items=tuple(items), language=written_in)


def _items(
    question: QuestionDef, value: Any, definition: Definition, language: str
) -> Iterable[Item]:
    kind = question.kind
    if kind is Kind.ORGANISATION:
        return [_organisation(value, language)] if isinstance(value, dict) else []
    listed = value if isinstance(value, list) else [value]
    if kind in (Kind.CHOICE, Kind.MANY):
        labels = option_labels(definition, question.code, language)
        return [Item(labels.get(str(code)) or str(code)) for code in listed]
    if kind is Kind.COUNTRY:
        return [_term("country", code, language) for code in listed]
    rows = [row for row in listed if isinstance(row, dict)]
    if kind is Kind.TERMS:
        scheme = str(question.settings.get("scheme", ""))
        return [_term(scheme, row.get("code"), language, _text(row, "note")) for row in rows]
    if kind is Kind.PEOPLE:
        return [_person(row) for row in rows]
    if kind is Kind.LINK:
        return [_link(_text(row, "url"), _text(row, "label")) for row in rows]
    if kind is Kind.FILE:
        return [_file(row) for row in rows]
    return _pictures(rows)


def _text(row: Mapping[str, Any], part: str) -> str:
    return str(row.get(part) or "")


def _date(value: Any) -> PartialDate | None:
    try:
        return PartialDate.parse(str(value))
    except ValueError:
        return None


def _term(scheme: str, code: Any, language: str, note: str = "") -> Item:
    term = catalogue().term(scheme, str(code))
    return Item(term.label(language) if term else str(code), note=note, term=term)


def _organisation(value: Mapping[str, Any], language: str) -> Item:
    number = value.get("number")
    if isinstance(number, int):
        found = organisations_by_number([number]).get(number)
        place = found.country.label(language) if found and found.country else ""
        return Item(found.label(language) if found else str(number), note=place)
    about = [
        _term(scheme, value[part], language).text
        for part, scheme in (("country", "country"), ("type", "stakeholder"))
        if value.get(part)
    ]
    url = _text(value, "website")
    return Item(
        _text(value, "name"),
        note=", ".join([*about, *([url] if url else [])]),
        own_words=True,
    )


def _person(row: Mapping[str, Any]) -> Item:
    about = [_text(row, part) for part in ("role", "email") if row.get(part)]
    return Item(_text(row, "name"), note=", ".join(about), own_words=True)


def _link(url: str, label: str) -> Item:
    """An address that is none of the web is shown, but leads nowhere."""
    return Item(label or url, note=url if label else "", url=url if is_web_address(url) else "")


def _file(row: Mapping[str, Any]) -> Item:
    number = row.get("file")
    known = number if isinstance(number, int) else 0
    return Item(_text(row, "name") or _("File"), file=known, own_words=True)


def _pictures(rows: list[dict[str, Any]]) -> list[Item]:
    numbers = [row["file"] for row in rows if isinstance(row.get("file"), int)]
    drawn = renditions(numbers)
    return [
        Item(
            _text(row, "alt"),
            note=_text(row, "credit"),
            picture=next(iter(drawn.get(row.get("file") or 0, ())), None),
            own_words=True,
        )
        for row in rows
    ]
