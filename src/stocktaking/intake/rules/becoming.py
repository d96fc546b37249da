"""What a reply makes of an entry: answers become values, and the rest of the entry stays."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from stocktaking.entries.rules.values import (
    EntryValues,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole
from stocktaking.intake.rules.bindings import FREE, Answers, bound, codes_in, facts_in, plain
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.states import QuestionKind

T = TypeVar("T")
# values so far, question, which one of its kind, answer, language
Apply = Callable[[EntryValues, QuestionDef, str, Any, str], EntryValues]


def becoming(
    definition: Definition,
    answers: Answers,
    *,
    language: str,
    before: EntryValues | None = None,
    changed: frozenset[str] | None = None,
    organisation: int | None = None,
    collection: str = "",
) -> EntryValues:
    """The entry that these answers make; ``answers`` without those to hidden questions.

    ``before`` is the entry they update: what the reply does not ask, other languages and
    everything whose code is not in ``changed`` (None: every question counts) stay as they are,
    so that what staff put right meanwhile is not undone by an answer that nobody touched.
    ``organisation`` is the one that the answer to the bound question was found to be.
    """
    values = before or EntryValues(language, (), organisation=organisation)
    for question, part, item in bound(definition):
        answer = answers.get(question.code)
        if changed is not None and question.code not in changed:
            if part == "scheme" and answer:
                values = _affirmed(values, item, codes_in(question, answer))
        elif part == "organisation":
            values = replace(values, organisation=organisation)
        elif part == FREE:
            values = _with_fact(values, definition.slug, question.code, answer)
        elif part in _APPLY:
            values = _APPLY[part](values, question, item, answer, language)
    if collection and collection not in values.collections:
        values = replace(values, collections=(*values.collections, collection))
    return values


def same_content(one: EntryValues, other: EntryValues) -> bool:
    """Whether a reader finds the same in both; who stands behind a term does not count."""
    return _unsigned(one) == _unsigned(other)


def _unsigned(values: EntryValues) -> EntryValues:
    return replace(values, terms=tuple(replace(t, basis=Basis.OWNER) for t in values.terms))


def _text(name: str) -> Apply:
    def apply(
        values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
    ) -> EntryValues:
        held = next((t for t in values.texts if t.language == language), None)
        was = held or TextValue(language, "")
        stated = str(answer or "")
        if getattr(was, name) == stated:
            return values
        now = replace(was, **{name: stated}, origin=Origin.AUTHOR)
        texts = [t for t in values.texts if t is not held]
        if now.title or now.summary:
            texts.insert(values.texts.index(held) if held else len(texts), now)
        return replace(values, texts=tuple(texts))

    return apply


def _section(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    place = (item, language)
    held = next((s for s in values.sections if (s.code, s.language) == place), None)
    stated = str(answer or "")
    if (held.text if held else "") == stated:
        return values
    sections = [s for s in values.sections if s is not held]
    if stated:
        at = values.sections.index(held) if held else len(sections)
        sections.insert(at, SectionValue(item, language, stated))
    return replace(values, sections=tuple(sections))


def _terms(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    held = {term.code: term for term in values.terms if term.scheme == item}
    notes: dict[str, str] = {}
    if question.kind == QuestionKind.TERMS:
        notes = {str(one.get("code", "")): str(one.get("note") or "") for one in answer or ()}
    made = [
        _term(held.get(code) or TermValue(item, code), notes.get(code), language)
        for code in codes_in(question, answer)
    ]
    return replace(values, terms=_in_their_places(values.terms, item, made))


def _term(was: TermValue, note: str | None, language: str) -> TermValue:
    """A term that the sender stands behind; a note that was kept keeps its language."""
    term = replace(was, basis=Basis.OWNER)
    if note is None or note == was.note:
        return term
    return replace(term, note=note, note_language=language if note else "")


def _in_their_places(
    terms: Sequence[TermValue], scheme: str, made: Sequence[TermValue]
) -> tuple[TermValue, ...]:
    """The terms of one scheme where those of the same scheme stood, further ones at the end."""
    rest = list(made)
    placed: list[TermValue] = []
    for term in terms:
        if term.scheme != scheme:
            placed.append(term)
        elif rest:
            placed.append(rest.pop(0))
    return (*placed, *rest)


def _affirmed(values: EntryValues, scheme: str, codes: Sequence[str]) -> EntryValues:
    """Terms that the sender left as they were: said by the owner from now on."""
    return replace(
        values,
        terms=tuple(
            replace(t, basis=Basis.OWNER) if t.scheme == scheme and t.code in codes else t
            for t in values.terms
        ),
    )


def _worldwide(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    return replace(values, worldwide=answer is True or answer in ("yes", "worldwide"))


def _plainly(name: str) -> Apply:
    def apply(
        values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
    ) -> EntryValues:
        stated: dict[str, Any] = {name: str(answer or "")}
        return replace(values, **stated)

    return apply


def _website(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    if not isinstance(answer, str):
        answer = next((str(one.get("url") or "") for one in answer or ()), "")
    return replace(values, website=answer)


def _links(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    kinds: dict[str, list[LinkKind]] = {}
    for link in values.links:
        kinds.setdefault(link.url, []).append(link.kind)
    made = []
    for one in answer or ():
        url = str(one.get("url") or "")
        kind = kinds[url].pop(0) if kinds.get(url) else LinkKind.WEBSITE
        made.append(LinkValue(kind, url, str(one.get("label") or "")))
    # sources without an address, which cannot be typed in a reply
    return replace(values, links=_with_kept(values.links, lambda link: not link.url, made))


def _partners(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    if isinstance(answer, str):
        stated = [(name.strip(), "") for name in answer.splitlines() if name.strip()]
    else:
        stated = [(str(one.get("name") or ""), str(one.get("role") or "")) for one in answer or ()]
    held = list(values.partners)
    made: list[PartnerValue] = []
    for name, role in stated:
        same = next((p for p in held if p.name == name and role in ("", p.role.value)), None)
        if same:
            held.remove(same)
        partner = same or PartnerValue(name, _role(role))
        if (partner.name, partner.role) not in {(p.name, p.role) for p in made}:
            made.append(partner)
    return replace(values, partners=tuple(made))


def _role(stated: str) -> PartnerRole:
    known = {role.value for role in PartnerRole}
    return PartnerRole(stated) if stated in known else PartnerRole.PARTNER


def _images(
    values: EntryValues, question: QuestionDef, item: str, answer: Any, language: str
) -> EntryValues:
    held = {image.file: image for image in values.images}
    made = []
    for one in answer or ():
        alt, credit = str(one.get("alt") or ""), str(one.get("credit") or "")
        was = held.get(int(one["file"]))
        if was is None or was.alt != alt:
            made.append(ImageValue(int(one["file"]), alt, language, credit))
        else:
            made.append(replace(was, credit=credit))
    return replace(values, images=tuple(made))


def _with_kept(held: Sequence[T], keeps: Callable[[T], bool], made: Sequence[T]) -> tuple[T, ...]:
    merged = list(made)
    for place, one in enumerate(held):
        if keeps(one):
            merged.insert(place, one)
    return tuple(merged)


def _with_fact(values: EntryValues, slug: str, code: str, answer: Any) -> EntryValues:
    facts = facts_in(values, slug)
    if plain(answer) is None:
        facts.pop(code, None)
    else:
        facts[code] = answer
    others = {name: fact for name, fact in values.extra.items() if name != slug}
    return replace(values, extra={**others, **({slug: facts} if facts else {})})


_APPLY: dict[str, Apply] = {
    "title": _text("title"),
    "summary": _text("summary"),
    "section": _section,
    "scheme": _terms,
    "worldwide": _worldwide,
    "start": _plainly("start"),
    "end": _plainly("end"),
    "website": _website,
    "links": _links,
    "partners": _partners,
    "images": _images,
    "licence": _plainly("licence"),
}
