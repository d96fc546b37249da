"""The corpus as entries of a register, through the operations that people's entries go through."""

import datetime as dt
from collections.abc import Iterator

from bench.corpus import documents
from stocktaking.accounts.operations import register_organisation
from stocktaking.entries.operations import import_entries
from stocktaking.entries.rules.values import EntryValues, SectionValue, TermValue, TextValue
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.reference.queries import catalogue
from stocktaking.search.rules.values import Document

ORGANISATIONS = 300
FOLLOWING = ("region", "stakeholder")  # not stated: they follow from country and organisation


def fill(size: int) -> None:
    """A register of ``size`` published entries; the caller measures how long it takes."""
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    result = import_entries(rows=_rows(size), by=None, at=clock.now(), publish=True)
    refused = [verdict for verdict in result.verdicts if verdict.errors]
    if refused:
        raise SystemExit(f"{len(refused)} rows of the corpus were refused, first {refused[0]}")


def _rows(size: int) -> Iterator[EntryValues]:
    owners: list[int] = []
    for document in documents(size):
        text = {part.kind: part for part in document.parts}
        if len(owners) < ORGANISATIONS:
            name = text["organisation"].text[:200]
            owner = register_organisation(name=name, by=None, at=clock.now())
            owners.append(owner.number)
        language = text["title"].language if len(text["title"].language) == 2 else "en"
        number = int(document.key)
        yield EntryValues(
            original_language=language,
            texts=(TextValue(language, text["title"].text[:500], text["summary"].text),),
            organisation=owners[number % len(owners)],
            sections=(SectionValue("description", language, text["text"].text[:50_000]),)
            if text["text"].text
            else (),
            terms=tuple(_terms(document)),
            start=str(document.year_from),
            end=str(document.year_to),
            registered_on=dt.date.fromordinal(document.registered),
        )


def _terms(document: Document) -> Iterator[TermValue]:
    """The drawn values of the corpus, as terms of the framework's schemes."""
    for scheme in catalogue().facets():
        if scheme.slug in FOLLOWING:
            continue
        drawn = document.facets.get(scheme.slug, ())
        terms = scheme.assignable
        places = dict.fromkeys(int(value[1:]) % len(terms) for value in drawn) if terms else {}
        for place in list(places)[: None if scheme.many else 1]:
            yield TermValue(scheme.slug, terms[place].code)
