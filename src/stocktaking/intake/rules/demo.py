"""Records of the demo files as values of entries. ``demo/README.md`` gives the reasons."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin

SYSTEM = "demo"
LICENCE = "CC0-1.0"
FILES = ("entries_a.jsonl", "entries_b.jsonl", "entries_reserve.jsonl")
# of each pair that describes the same undertaking, the one that is left out
TWINS = frozenset(
    {"demo-b-001", "demo-b-016", "demo-b-039", "demo-b-111", "demo-b-127", "demo-b-133"}
)
# the classification of these stands on a public page of the project
CLASSIFIED_BY_SOURCE = frozenset({"demo-b-060", "demo-b-097"})
NO_OWNER = frozenset({"Owner not stated in the source", "Porteur non précisé dans la source"})
OPENED = 2004  # year in which the register began
LAST_YEAR = 2025

Record = Mapping[str, Any]


def entry_values(
    record: Record,
    *,
    organisation: int,
    codes: Mapping[str, Mapping[str, str]],
    prize_lines: Mapping[int, str],
) -> EntryValues:
    """One record as values.

    ``codes`` gives the term's code by scheme and English name in lower case, ``prize_lines``
    the action line of a prize category.
    """
    language = record["language"]
    return EntryValues(
        original_language=language,
        texts=_texts(record),
        organisation=organisation,
        sections=(SectionValue("description", language, record["description"]),),
        terms=_terms(record, codes, prize_lines),
        worldwide=not record["countries"],
        start=_year(record["start_year"]),
        end=_year(record["end_year"]),
        website=record["website"] or "",
        licence=LICENCE,
        partners=tuple(PartnerValue(name) for name in dict.fromkeys(record["partners"])),
        links=tuple(_source(one) for one in dict.fromkeys(record["sources"])),
        identifiers=(IdentifierValue(SYSTEM, record["id"]),),
        source=SYSTEM,
        registered_on=assumed_registration(record),
        registered_on_assumed=True,
        extra={
            name: record[name]
            for name in ("prizes", "completeness", "classification")
            if record.get(name)
        },
    )


def assumed_registration(record: Record) -> dt.date:
    """A day that could have been the one of registration, the same in every load."""
    draw = int.from_bytes(hashlib.sha256(record["id"].encode()).digest()[:4], "big")
    years = [prize["year"] for prize in record.get("prizes") or ()]
    if years:
        return dt.date(min(years), 1, 1) + dt.timedelta(days=draw % 59)
    start = record["start_year"]
    if start is None:
        year = 2010 + draw // 365 % (LAST_YEAR - 2010 + 1)
    elif start < OPENED:
        year = OPENED + draw // 365 % 7
    else:
        year = min(start, LAST_YEAR)
    return dt.date(year, 1, 1) + dt.timedelta(days=draw % 365)


def _texts(record: Record) -> tuple[TextValue, ...]:
    translated = record.get("translations") or {}
    return (
        TextValue(record["language"], record["title"], record["summary"]),
        *(
            TextValue(language, text["title"], text["summary"], Origin.MACHINE)
            for language, text in translated.items()
        ),
    )


def _terms(
    record: Record, codes: Mapping[str, Mapping[str, str]], prize_lines: Mapping[int, str]
) -> tuple[TermValue, ...]:
    judged = Basis.IMPORT if record["id"] in CLASSIFIED_BY_SOURCE else Basis.SUGGESTED
    won = {prize_lines.get(prize["category_number"]) for prize in record.get("prizes") or ()}
    notes = record["sdg_notes"]
    terms = [
        TermValue("action-line", code, Basis.IMPORT if code in won else judged)
        for code in record["action_lines"]
    ]
    for goal in map(str, record["sdgs"]):
        note = notes.get(goal, "")
        terms.append(TermValue("sdg", goal, judged, note, record["language"] if note else ""))
    terms += [TermValue("country", code, Basis.IMPORT) for code in record["countries"]]
    terms += [TermValue("target-group", code, judged) for code in record["target_groups"]]
    terms += [
        TermValue("technology", codes["technology"][name.lower()], judged)
        for name in record["technologies"]
    ]
    for scheme, field in _SINGLE.items():
        if record[field]:
            code = codes[scheme][record[field].lower()]
            terms.append(TermValue(scheme, code, Basis.IMPORT))
    return tuple(terms)


_SINGLE = {"coverage": "coverage", "activity": "type_of_activity", "status": "status"}


def _source(stated: str) -> LinkValue:
    if stated.startswith(("https://", "http://")) and " " not in stated:
        return LinkValue(LinkKind.SOURCE, stated)
    return LinkValue(LinkKind.SOURCE, "", stated)


def _year(stated: int | None) -> str:
    return str(stated) if stated else ""
