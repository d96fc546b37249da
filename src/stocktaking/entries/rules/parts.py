"""The content of an entry taken apart into pieces that can change one by one, and put together.

A key is a path: ``("texts", "fr", "title")``, ``("terms", "sdg", "4")``, ``("start",)``. What an
entry says nothing of has no key. Values are plain, as JSON knows them.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from stocktaking.entries.rules.values import (
    SCALARS,
    EntryValues,
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

Key = tuple[str, ...]
Parts = dict[Key, Any]

REGISTERED: Key = ("registered_on",)
LANGUAGE: Key = ("original_language",)


def parts_of(values: EntryValues, *, single: Collection[str] = ()) -> Parts:
    """The pieces of tidied values. Of a scheme in ``single`` an entry has one term at most, so
    that its terms are one piece and another term takes the place of the first."""
    return dict(_parts(values, single))


def _parts(values: EntryValues, single: Collection[str]) -> Iterator[tuple[Key, Any]]:
    for name in SCALARS:
        if stated := getattr(values, name):
            yield (name,), stated
    for text in values.texts:
        yield ("texts", text.language, "title"), text.title
        if text.summary:
            yield ("texts", text.language, "summary"), text.summary
        yield ("texts", text.language, "origin"), text.origin.value
    for section in values.sections:
        at = ("sections", section.code, section.language)
        yield (*at, "text"), section.text
        yield (*at, "origin"), section.origin.value
    yield from _terms(values, single)
    for partner in values.partners:
        yield ("partners", partner.role.value, partner.name), [partner.organisation]
    for link in values.links:
        yield ("links", link.kind.value, link.url, link.label), True
    for image in values.images:
        yield ("images", str(image.file)), [image.alt, image.language, image.credit]
    for one in values.identifiers:
        yield ("identifiers", one.system, one.value), [one.url]
    for slug in values.collections:
        yield ("collections", slug), True
    if values.registered_on:
        yield REGISTERED, [values.registered_on.isoformat(), values.registered_on_assumed]
    for name, fact in values.extra.items():
        yield ("extra", name), [fact]


def _terms(values: EntryValues, single: Collection[str]) -> Iterator[tuple[Key, Any]]:
    found: Parts = {}
    for term in values.terms:
        said = [term.basis.value, term.note, term.note_language if term.note else ""]
        if term.scheme in single:
            found.setdefault(("terms", term.scheme), []).append([term.code, *said])
        else:
            found["terms", term.scheme, term.code] = said
    yield from found.items()


def values_from(parts: Mapping[Key, Any]) -> EntryValues:
    """The values that have these pieces."""
    found: dict[str, list[Any]] = {}
    for key, value in parts.items():
        found.setdefault(key[0], []).append((key[1:], value))
    scalars = {name: parts[(name,)] for name in SCALARS if (name,) in parts}
    scalars.setdefault("original_language", "")
    day, assumed = parts.get(REGISTERED, (None, False))
    return EntryValues(
        **scalars,
        texts=tuple(_texts(parts)),
        sections=tuple(_sections(parts)),
        terms=tuple(_terms_from(found.get("terms", ()))),
        partners=tuple(
            PartnerValue(name, PartnerRole(role), number)
            for (role, name), (number,) in found.get("partners", ())
        ),
        links=tuple(
            LinkValue(LinkKind(kind), url, label)
            for (kind, url, label), _ in found.get("links", ())
        ),
        images=tuple(ImageValue(int(file), *said) for (file,), said in found.get("images", ())),
        identifiers=tuple(
            IdentifierValue(system, value, url)
            for (system, value), (url,) in found.get("identifiers", ())
        ),
        collections=tuple(slug for (slug,), _ in found.get("collections", ())),
        registered_on=dt.date.fromisoformat(day) if day else None,
        registered_on_assumed=assumed,
        extra={name: fact for (name,), (fact,) in found.get("extra", ())},
    )


def _texts(parts: Mapping[Key, Any]) -> Iterator[TextValue]:
    for language in dict.fromkeys(key[1] for key in parts if key[0] == "texts"):
        at = ("texts", language)
        title, summary = parts.get((*at, "title"), ""), parts.get((*at, "summary"), "")
        if title or summary:
            yield TextValue(language, title, summary, Origin(parts.get((*at, "origin"), "author")))


def _sections(parts: Mapping[Key, Any]) -> Iterator[SectionValue]:
    for at in dict.fromkeys(key[:3] for key in parts if key[0] == "sections"):
        if text := parts.get((*at, "text")):
            origin = Origin(parts.get((*at, "origin"), "author"))
            yield SectionValue(at[1], at[2], text, origin)


def _terms_from(stated: Any) -> Iterator[TermValue]:
    for key, said in stated:
        if len(key) == 2:
            yield TermValue(key[0], key[1], Basis(said[0]), said[1], said[2])
        else:
            for code, basis, note, language in said:
                yield TermValue(key[0], code, Basis(basis), note, language)
