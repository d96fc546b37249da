"""Bringing in entries from outside."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stocktaking.accounts.models import Organisation, Person
from stocktaking.accounts.operations import register_organisation
from stocktaking.entries.operations import Outcome, Verdict, import_entries, register_source
from stocktaking.entries.rules.values import EntryValues
from stocktaking.intake.rules import demo, demo_texts
from stocktaking.reference.queries import catalogue

DEMO_FOLDER = Path(__file__).parents[1] / "demo"


@dataclass(frozen=True)
class Summary:
    """What a load did, in numbers of entries; ``refusals`` says which rows and why."""

    created: int
    updated: int
    unchanged: int
    refused: int
    refusals: tuple[Verdict, ...] = ()

    def __str__(self) -> str:
        return (
            f"created {self.created}, updated {self.updated},"
            f" unchanged {self.unchanged}, refused {self.refused}"
        )


def load_demo_entries(
    *, by: Person | None, at: dt.datetime, progress: Callable[[int, int], object] | None = None
) -> Summary:
    """Publish the demo entries. A second time changes nothing, what editors changed stays.

    The framework that their terms belong to must be loaded. ``progress`` is called with the
    number of entries read so far and their total.
    """
    register_source(
        slug=demo.SYSTEM,
        title=demo_texts.TITLE,
        notice=demo_texts.NOTICE,
        licence=demo.LICENCE,
        attribution=demo_texts.ATTRIBUTION,
        by=by,
        at=at,
    )
    records = list(demo_records())

    def rows() -> Iterator[EntryValues]:
        owners: dict[tuple[str, str], int] = {}
        codes, prize_lines = _codes(), _prize_lines()
        for done, record in enumerate(records, start=1):
            owner = _owner(record["organisation"], owners, by, at)
            yield demo.entry_values(
                record, organisation=owner, codes=codes, prize_lines=prize_lines
            )
            if progress is not None:
                progress(done, len(records))

    result = import_entries(rows=rows(), by=by, at=at, publish=True)
    return Summary(
        **{outcome.value: result.count(outcome) for outcome in Outcome},
        refusals=tuple(v for v in result.verdicts if v.outcome is Outcome.REFUSED),
    )


def demo_records() -> Iterator[dict[str, Any]]:
    """The records that are loaded: one of each pair of twins."""
    return (record for record in _records() if record["id"] not in demo.TWINS)


def demo_twins(*, at: dt.datetime) -> Iterator[tuple[EntryValues, Organisation]]:
    """The other ones of the pairs, with the owners they name: somebody may send them again."""
    owners: dict[tuple[str, str], int] = {}
    codes, prize_lines = _codes(), _prize_lines()
    for record in _records():
        if record["id"] in demo.TWINS:
            owner = _owner(record["organisation"], owners, None, at)
            values = demo.entry_values(
                record, organisation=owner, codes=codes, prize_lines=prize_lines
            )
            yield values, Organisation.objects.get(pk=owner)


def _records() -> Iterator[dict[str, Any]]:
    for name in demo.FILES:
        with (DEMO_FOLDER / name).open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def _owner(
    stated: dict[str, str],
    known: dict[tuple[str, str], int],
    by: Person | None,
    at: dt.datetime,
) -> int:
    unknown = stated["name"] in demo.NO_OWNER
    names = demo_texts.OWNER_NOT_STATED
    name = names["en"] if unknown else stated["name"]
    place = (name, stated["country"])
    if place not in known:
        known[place] = register_organisation(
            name=name,
            names={k: v for k, v in names.items() if k != "en"} if unknown else {},
            country=stated["country"],
            type=stated["type"],
            unknown=unknown,
            by=by,
            at=at,
        ).number
    return known[place]


def _codes() -> dict[str, dict[str, str]]:
    """Codes by scheme and English title in lower case: the files name terms in words."""
    return {
        slug: {term.title.get("en", term.code).lower(): term.code for term in scheme.terms}
        for slug, scheme in catalogue().schemes.items()
    }


def _prize_lines() -> dict[int, str]:
    scheme = catalogue().scheme("action-line")
    terms = scheme.terms if scheme else ()
    return {
        number: term.code
        for term in terms
        if isinstance(number := term.facts.get("prize_category"), int)
    }
