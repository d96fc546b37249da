"""What an entry already says, as answers: the author corrects instead of typing anew."""

from collections.abc import Callable
from typing import Any

from stocktaking.entries.rules.values import EntryValues
from stocktaking.intake.rules.bindings import FREE, bound, facts_in, plain
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.states import QuestionKind

Read = Callable[[EntryValues, QuestionDef, str, str], Any]  # values, question, item, language


def answers_from(values: EntryValues, definition: Definition, *, language: str) -> dict[str, Any]:
    """Answers by code, in one language; what the entry does not say is left out.

    ``becoming`` turns them back into the same values.
    """
    facts = facts_in(values, definition.slug)
    answers: dict[str, Any] = {}
    for question, part, item in bound(definition):
        if part == FREE:
            found = facts.get(question.code)
        elif part in _READ:
            found = _READ[part](values, question, item, language)
        else:
            continue
        if plain(found) is not None:
            answers[question.code] = found
    return answers


def _text(name: str) -> Read:
    def read(values: EntryValues, question: QuestionDef, item: str, language: str) -> str:
        texts = (text for text in values.texts if text.language == language)
        return next((getattr(text, name) for text in texts), "")

    return read


def _plainly(name: str) -> Read:
    def read(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
        return getattr(values, name)

    return read


def _section(values: EntryValues, question: QuestionDef, item: str, language: str) -> str:
    fits = (s.text for s in values.sections if (s.code, s.language) == (item, language))
    return next(fits, "")


def _terms(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    stated = [term for term in values.terms if term.scheme == item]
    if question.kind == QuestionKind.TERMS:
        # a note in another language too: the sender may keep it, or write it anew
        return [{"code": term.code, "note": term.note} for term in stated]
    codes = [term.code for term in stated]
    return next(iter(codes), "") if question.kind == QuestionKind.CHOICE else codes


def _worldwide(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    if question.kind == QuestionKind.STATEMENT:
        return True if values.worldwide else None
    return "yes" if values.worldwide else "no"


def _organisation(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    return {"number": values.organisation} if values.organisation else None


def _website(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    if question.kind == QuestionKind.LINK and values.website:
        return [{"url": values.website, "label": ""}]
    return values.website


def _links(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    # a source without an address cannot be typed here; becoming leaves it where it is
    return [{"url": link.url, "label": link.label} for link in values.links if link.url]


def _partners(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    if question.kind == QuestionKind.PEOPLE:
        return [{"name": p.name, "email": "", "role": p.role.value} for p in values.partners]
    return "\n".join(partner.name for partner in values.partners)


def _images(values: EntryValues, question: QuestionDef, item: str, language: str) -> Any:
    return [{"file": i.file, "alt": i.alt, "credit": i.credit} for i in values.images]


_READ: dict[str, Read] = {
    "title": _text("title"),
    "summary": _text("summary"),
    "section": _section,
    "scheme": _terms,
    "worldwide": _worldwide,
    "organisation": _organisation,
    "start": _plainly("start"),
    "end": _plainly("end"),
    "website": _website,
    "links": _links,
    "partners": _partners,
    "images": _images,
    "licence": _plainly("licence"),
}
