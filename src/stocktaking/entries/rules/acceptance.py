"""Whether an entry may be saved: every fault at once, each with a stable code and its field.

Fields are named as forms and imports can find them again: ``texts.fr.title``,
``sections.description.en``, ``terms.sdg``, ``links.0.url``, ``start``.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.entries.rules.shapes import Fault, additional_facts, address, line, prose
from stocktaking.entries.rules.values import TEXT_MAX, TITLE_MAX, EntryValues
from stocktaking.entries.states import LinkKind
from stocktaking.kernel.periods import PartialDate

YEAR_MIN, YEAR_MAX = 1900, 2100
COUNT_MAX = {
    "texts": 40,
    "sections": 400,
    "terms": 400,
    "partners": 200,
    "links": 100,
    "images": 20,
    "identifiers": 20,
    "collections": 50,
}
LENGTH_MAX = {
    "licence": 60,
    "attribution": 300,
    "website": 500,
    "partner": 300,
    "link": 1000,
    "label": 500,
    "alt": 500,
    "credit": 300,
    "system": 60,
    "identifier": 200,
    "identifier_url": 500,
    "note": 5000,
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


@dataclass(frozen=True)
class TermFacts:
    assignable: bool = True
    valid_to: dt.date | None = None


@dataclass(frozen=True)
class SchemeFacts:
    many: bool
    direct: bool  # False: its terms follow from others and are not stated
    retired_on: dt.date | None
    terms: Mapping[str, TermFacts]


@dataclass(frozen=True)
class Known:
    """What exists around the entry. ``taken``: identifiers that other entries hold."""

    today: dt.date
    schemes: Mapping[str, SchemeFacts]
    organisations: Collection[int] = ()
    files: Collection[int] = ()
    collections: Collection[str] = ()
    sources: Collection[str] = ()
    taken: Collection[tuple[str, str]] = ()


def faults(values: EntryValues, known: Known, before: EntryValues | None = None) -> list[Fault]:
    """All faults of tidied values, in the order of the form.

    What ``before`` already held (a term retired since) may stay.
    """
    return [
        *_texts(values),
        *_sections(values, known),
        *_terms(values, known, before),
        *_around(values, known),
        *_dates(values),
        *_addresses(values),
        *_people_and_pictures(values, known),
        *_identifiers(values, known),
        *_counts(values),
        *additional_facts(values.extra),
    ]


def _texts(values: EntryValues) -> Iterator[Fault]:
    if not _LANGUAGE.fullmatch(values.original_language):
        yield Fault("language_malformed", "original_language")
    languages = [text.language for text in values.texts]
    if values.original_language not in languages:
        yield Fault("original_missing", f"texts.{values.original_language}.title")
    for language in _repeated(languages):
        yield Fault("duplicate", f"texts.{language}")
    for text in values.texts:
        at = f"texts.{text.language}"
        if not _LANGUAGE.fullmatch(text.language):
            yield Fault("language_malformed", at)
        if not text.title:
            yield Fault("title_missing", f"{at}.title")
        yield from line(text.title, f"{at}.title", TITLE_MAX)
        yield from prose(text.summary, f"{at}.summary", TEXT_MAX)


def _sections(values: EntryValues, known: Known) -> Iterator[Fault]:
    scheme = known.schemes.get("section")
    for code, language in _repeated((s.code, s.language) for s in values.sections):
        yield Fault("duplicate", f"sections.{code}.{language}")
    for section in values.sections:
        at = f"sections.{section.code}.{section.language}"
        if scheme is None or section.code not in scheme.terms:
            yield Fault("section_unknown", at, {"term": section.code})
        if not _LANGUAGE.fullmatch(section.language):
            yield Fault("language_malformed", at)
        yield from prose(section.text, at, TEXT_MAX)


def _terms(values: EntryValues, known: Known, before: EntryValues | None) -> Iterator[Fault]:
    held = {(t.scheme, t.code) for t in before.terms} if before else set()
    day = values.registered_on or known.today
    stated = [(t.scheme, t.code) for t in values.terms]
    for scheme, code in _repeated(stated):
        yield Fault("duplicate_term", f"terms.{scheme}", {"term": code})
    for term in values.terms:
        at = f"terms.{term.scheme}"
        facts = known.schemes.get(term.scheme)
        if facts is None:
            yield Fault("scheme_unknown", at, {"scheme": term.scheme})
        elif term.code not in facts.terms:
            yield Fault("term_unknown", at, {"term": term.code})
        elif not facts.direct:
            yield Fault("term_follows", at, {"scheme": term.scheme})
        elif not facts.terms[term.code].assignable:
            yield Fault("term_is_heading", at, {"term": term.code})
        elif (term.scheme, term.code) not in held and _retired(facts, term.code, day):
            yield Fault("term_retired", at, {"term": term.code})
        yield from prose(term.note, f"{at}.{term.code}.note", LENGTH_MAX["note"])
        if term.note and not _LANGUAGE.fullmatch(term.note_language):
            yield Fault("language_malformed", f"{at}.{term.code}.note")
    for slug in dict.fromkeys(scheme for scheme, _ in stated):
        single = slug in known.schemes and not known.schemes[slug].many
        if single and sum(1 for scheme, _ in stated if scheme == slug) > 1:
            yield Fault("only_one_term", f"terms.{slug}")


def _retired(facts: SchemeFacts, code: str, day: dt.date) -> bool:
    ends = (facts.retired_on, facts.terms[code].valid_to)
    return any(end is not None and end < day for end in ends)


def _around(values: EntryValues, known: Known) -> Iterator[Fault]:
    if values.organisation is not None and values.organisation not in known.organisations:
        yield Fault("organisation_unknown", "organisation")
    for slug in values.collections:
        if slug not in known.collections:
            yield Fault("collection_unknown", "collections", {"slug": slug})
    if values.source and values.source not in known.sources:
        yield Fault("source_unknown", "source", {"slug": values.source})
    yield from line(values.licence, "licence", LENGTH_MAX["licence"])
    yield from line(values.attribution, "attribution", LENGTH_MAX["attribution"])


def _dates(values: EntryValues) -> Iterator[Fault]:
    read: dict[str, PartialDate] = {}
    for name in ("start", "end"):
        stated = getattr(values, name)
        if not stated:
            continue
        try:
            read[name] = PartialDate.parse(stated)
        except ValueError:
            yield Fault("date_malformed", name)
            continue
        if not YEAR_MIN <= read[name].year <= YEAR_MAX:
            yield Fault("date_out_of_range", name, {"first": YEAR_MIN, "last": YEAR_MAX})
    if len(read) == 2 and read["end"].last_day() < read["start"].date:
        yield Fault("ends_before_start", "end")


def _addresses(values: EntryValues) -> Iterator[Fault]:
    if values.website:
        yield from address(values.website, "website", LENGTH_MAX["website"])
    for link in _repeated(values.links):
        yield Fault("duplicate", f"links.{values.links.index(link)}.url")
    for place, link in enumerate(values.links):
        at = f"links.{place}"
        if link.url:
            yield from address(link.url, f"{at}.url", LENGTH_MAX["link"])
        elif link.kind != LinkKind.SOURCE:
            yield Fault("address_missing", f"{at}.url")
        yield from line(link.label, f"{at}.label", LENGTH_MAX["label"])


def _people_and_pictures(values: EntryValues, known: Known) -> Iterator[Fault]:
    named = [(p.name, p.role) for p in values.partners]
    for one in _repeated(named):
        yield Fault("duplicate", f"partners.{named.index(one)}.name")
    for place, partner in enumerate(values.partners):
        at = f"partners.{place}"
        yield from line(partner.name, f"{at}.name", LENGTH_MAX["partner"])
        if partner.organisation is not None and partner.organisation not in known.organisations:
            yield Fault("organisation_unknown", f"{at}.organisation")
    files = [image.file for image in values.images]
    for file in _repeated(files):
        yield Fault("duplicate", f"images.{files.index(file)}.file")
    for place, image in enumerate(values.images):
        at = f"images.{place}"
        if image.file not in known.files:
            yield Fault("file_unknown", f"{at}.file")
        if not image.alt:
            yield Fault("alternative_missing", f"{at}.alt")
        if not _LANGUAGE.fullmatch(image.language):
            yield Fault("language_malformed", f"{at}.language")
        yield from line(image.alt, f"{at}.alt", LENGTH_MAX["alt"])
        yield from line(image.credit, f"{at}.credit", LENGTH_MAX["credit"])


def _identifiers(values: EntryValues, known: Known) -> Iterator[Fault]:
    stated = [(i.system, i.value) for i in values.identifiers]
    for one in _repeated(stated):
        yield Fault("duplicate", f"identifiers.{stated.index(one)}.value")
    for place, identifier in enumerate(values.identifiers):
        at = f"identifiers.{place}"
        if not identifier.system or not identifier.value:
            yield Fault("identifier_incomplete", f"{at}.value")
        if (identifier.system, identifier.value) in known.taken:
            yield Fault("identifier_taken", f"{at}.value", {"value": identifier.value})
        yield from line(identifier.system, f"{at}.system", LENGTH_MAX["system"])
        yield from line(identifier.value, f"{at}.value", LENGTH_MAX["identifier"])
        if identifier.url:
            yield from address(identifier.url, f"{at}.url", LENGTH_MAX["identifier_url"])


def _counts(values: EntryValues) -> Iterator[Fault]:
    for name, most in COUNT_MAX.items():
        if len(getattr(values, name)) > most:
            yield Fault("too_many", name, {"most": most})


def _repeated(stated: Iterable[Any]) -> list[Any]:
    seen: set[Any] = set()
    again: dict[Any, None] = {}
    for one in stated:
        if one in seen:
            again[one] = None
        seen.add(one)
    return list(again)
