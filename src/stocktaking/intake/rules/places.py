"""The parts of an entry that somebody may propose other words for, or call wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from stocktaking.accounts.rules.scopes import TermKey, read
from stocktaking.entries.rules.values import EntryValues, TermValue
from stocktaking.entries.states import Basis, Origin

# parts that are no single text: a remark says what is wrong, and an editor puts it right
TERMS = "terms"
WHOLE = ("countries", TERMS, "organisation", "partners", "links", "images")
LINES = ("website", "start", "end")


@dataclass(frozen=True)
class Place:
    """``key`` is what rows and forms name, as ``texts.en.title``; ``words`` what stands there
    now, None where it is not one text. ``item`` is the code of a section."""

    key: str
    part: str
    language: str = ""
    item: str = ""
    words: str | None = None

    @property
    def has_words(self) -> bool:
        return self.words is not None


def places(values: EntryValues) -> tuple[Place, ...]:
    """All parts in the order of the page, the original language first; the last one is any."""
    return tuple(_places(values))


def place_of(values: EntryValues, key: str) -> Place | None:
    """The part of this name, None where the entry has none."""
    return next((place for place in places(values) if place.key == key), None)


def with_words(values: EntryValues, key: str, words: str) -> EntryValues:
    """The entry with other words at a place; LookupError where it has no such text.

    What a machine translated and a person put right is a person's from then on.
    """
    place = place_of(values, key)
    if place is None or not place.has_words:
        raise LookupError(key)
    if place.part in LINES:
        stated: dict[str, Any] = {place.part: words}
        return replace(values, **stated)
    if place.part == "section":
        return replace(
            values,
            sections=tuple(
                replace(one, text=words, origin=_corrected(one.origin))
                if (one.code, one.language) == (place.item, place.language)
                else one
                for one in values.sections
            ),
        )
    return replace(
        values,
        texts=tuple(
            replace(one, **{place.part: words}, origin=_corrected(one.origin))
            if one.language == place.language
            else one
            for one in values.texts
        ),
    )


def proposed_term(place: str, proposed: str) -> TermKey | None:
    """The term that a suggestion would have the entry carry; None where it proposes another
    thing."""
    return read(proposed) if place == TERMS else None


def term_in(values: EntryValues, scheme: str, code: str) -> TermValue | None:
    """The term that the entry carries already."""
    held = (one for one in values.terms if (one.scheme, one.code) == (scheme, code))
    return next(held, None)


def with_term(values: EntryValues, scheme: str, code: str, basis: Basis) -> EntryValues:
    """The entry with one more term, behind the others of its scheme. One that it carries keeps
    its place and its note; what an owner or an editor said stays theirs."""
    held = term_in(values, scheme, code)
    if held is not None:
        if basis is not Basis.EDITOR or held.basis is Basis.OWNER:
            return values
        terms = (replace(one, basis=basis) if one is held else one for one in values.terms)
        return replace(values, terms=tuple(terms))
    alike = [place for place, one in enumerate(values.terms) if one.scheme == scheme]
    place = alike[-1] + 1 if alike else len(values.terms)
    made = TermValue(scheme, code, basis)
    return replace(values, terms=(*values.terms[:place], made, *values.terms[place:]))


def _places(values: EntryValues) -> Iterator[Place]:
    first = values.original_language
    for text in sorted(values.texts, key=lambda one: one.language != first):
        at = f"texts.{text.language}"
        yield Place(f"{at}.title", "title", text.language, words=text.title)
        yield Place(f"{at}.summary", "summary", text.language, words=text.summary)
    for one in values.sections:
        key = f"sections.{one.code}.{one.language}"
        yield Place(key, "section", one.language, one.code, one.text)
    for name in LINES:
        yield Place(name, name, words=getattr(values, name))
    for name in WHOLE:
        yield Place(name, name)
    yield Place("", "other")


def _corrected(origin: Origin) -> Origin:
    return Origin.HUMAN if origin is Origin.MACHINE else origin
