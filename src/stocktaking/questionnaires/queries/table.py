"""Answers as a table: one column per question, or per part of its answer, in constant memory."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stocktaking.questionnaires.models import AnswerSet
from stocktaking.questionnaires.queries.definitions import definition
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.questionnaires.rules.values import answered
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference.queries import catalogue

PIECE = 200  # answer sets read at once
# of kinds with parts: the parts that get a column of their own
PARTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TERMS: ("code", "note"),
    Kind.ORGANISATION: ("number", "name", "country", "type", "website"),
    Kind.PEOPLE: ("name", "email", "role"),
    Kind.FILE: ("file", "name"),
    Kind.IMAGE: ("file", "alt", "credit"),
    Kind.LINK: ("url", "label"),
}
HEAD = ("answers", "language", "revision", "changed_at", "locked_at")


@dataclass(frozen=True)
class Column:
    """``code`` heads the column in files; ``label`` is for people."""

    code: str
    label: str
    question: str = ""
    part: str = ""


def columns_of(
    held: Definition, *, personal: bool = False, language: str = "en"
) -> tuple[Column, ...]:
    """The columns, personal questions left out unless asked for."""
    found = [Column(name, name) for name in HEAD]
    for question in held.questions():
        if question.personal and not personal:
            continue
        label = pick(question.label, language) or question.code
        for part in _parts(question):
            code = f"{question.code}.{part}" if part else question.code
            found.append(Column(code, f"{label} ({part})" if part else label, question.code, part))
    return tuple(found)


def answers_table(
    version_id: int,
    *,
    also: Collection[int] = (),
    personal: bool = False,
    answer_sets: QuerySet[AnswerSet] | None = None,
    language: str = "en",
    words: bool = False,
) -> tuple[tuple[Column, ...], Iterator[list[Any]]]:
    """Columns, and rows as lists in their order, by the number of the answer set.

    ``also`` are further versions whose answers belong to it, such as those that drafts were carried
    over to; what they alone ask stands last. ``answer_sets`` narrows (those of one call).
    ``words``: labels of options and terms in ``language`` in place of their codes. Rows are read
    piece by piece while they are taken.
    """
    asked = [definition(number) for number in dict.fromkeys((version_id, *also))]
    columns = _columns_of_all(asked, personal=personal, language=language)
    labels: dict[str, dict[str, str]] = {}
    for held in asked if words else ():
        for code, named in _labels(held, language).items():
            labels[code] = named | labels.get(code, {})
    rows = AnswerSet.objects.all() if answer_sets is None else answer_sets
    rows = rows.filter(version__in=(version_id, *also))
    return columns, _rows(rows, columns, labels)


def _columns_of_all(
    asked: list[Definition], *, personal: bool, language: str
) -> tuple[Column, ...]:
    """Each column once; what one version calls personal is so in all of them."""
    hidden = {one.code for held in asked for one in held.questions() if one.personal}
    found: dict[str, Column] = {}
    for held in asked:
        for column in columns_of(held, personal=personal, language=language):
            if personal or column.question not in hidden:
                found.setdefault(column.code, column)
    return tuple(found.values())


def _rows(
    sets: QuerySet[AnswerSet], columns: tuple[Column, ...], labels: dict[str, dict[str, str]]
) -> Iterator[list[Any]]:
    last = 0
    while True:
        piece = list(sets.filter(pk__gt=last).order_by("pk")[:PIECE])
        for one in piece:
            yield [_cell(one, column, labels.get(column.question, {})) for column in columns]
        if len(piece) < PIECE:
            return
        last = piece[-1].pk


def _cell(row: AnswerSet, column: Column, labels: Mapping[str, str]) -> Any:
    if not column.question:
        return row.pk if column.code == "answers" else getattr(row, column.code)
    value = row.answers.get(column.question)
    if not answered(value):
        return None
    if not column.part:
        if isinstance(value, list):
            return [labels.get(one, one) if isinstance(one, str) else one for one in value]
        return labels.get(value, value) if isinstance(value, str) else value
    if isinstance(value, dict):
        stated = value.get(column.part)
        return labels.get(stated, stated) if isinstance(stated, str) else stated
    # of a version that asked in another way there may be other values
    value = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    if column.part == "note":
        return [f"{row['code']}: {row['note']}" for row in value if row.get("note")]
    stated = [one.get(column.part) for one in value]
    return [
        labels.get(one, one) if isinstance(one, str) else one
        for one in stated
        if one is not None and one != ""
    ]


def _parts(question: QuestionDef) -> tuple[str, ...]:
    parts = PARTS.get(question.kind, ("",))
    if question.kind is Kind.TERMS and not question.settings.get("notes"):
        return parts[:1]
    return parts


def _labels(held: Definition, language: str) -> dict[str, dict[str, str]]:
    """What stands for the codes in answers, by question."""
    framework = catalogue()
    found: dict[str, dict[str, str]] = {}
    for question in held.questions():
        if question.kind in (Kind.CHOICE, Kind.MANY):
            found[question.code] = {
                option["code"]: pick(option["label"], language) or option["code"]
                for option in question.settings.get("options", ())
            }
        elif question.kind in (Kind.TERMS, Kind.COUNTRY):
            slug = question.settings.get("scheme", "country")
            scheme = framework.scheme(slug)
            terms = scheme.terms if scheme else ()
            found[question.code] = {term.code: term.label(language) for term in terms}
    return found
