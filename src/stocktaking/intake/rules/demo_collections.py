"""The special repositories of the demo, and which demo entries belong to each.

The criteria are what the pages say: terms that an entry carries, or words that stand in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stocktaking.entries.rules.values import EntryValues
from stocktaking.intake.rules import demo_collection_texts as texts
from stocktaking.intake.rules.demo import SYSTEM

_PANDEMIC = re.compile(
    r"covid|coronavirus|pandemi|pandémi|пандеми|ковид|коронавирус|新冠|冠状病毒|疫情"
    r"|كوفيد|كورونا|جائحة|الجائحة",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DemoCollection:
    slug: str
    title: texts.Texts
    introduction: texts.Texts
    criteria: texts.Texts
    belongs: Callable[[EntryValues], bool]


def _speaks_of_the_pandemic(values: EntryValues) -> bool:
    """In the words of its author; translations repeat them."""
    original = values.original()
    said = [original.title, original.summary, *(section.text for section in values.sections)]
    return any(_PANDEMIC.search(text) for text in said)


def _carries(*terms: tuple[str, str]) -> Callable[[EntryValues], bool]:
    """Whether an entry has all of these terms (scheme, code)."""

    def judge(values: EntryValues) -> bool:
        return set(terms) <= {(term.scheme, term.code) for term in values.terms}

    return judge


COLLECTIONS: tuple[DemoCollection, ...] = (
    DemoCollection(
        "covid-19",
        texts.COVID_TITLE,
        texts.COVID_INTRODUCTION,
        texts.COVID_CRITERIA,
        _speaks_of_the_pandemic,
    ),
    DemoCollection(
        "healthy-ageing",
        texts.AGEING_TITLE,
        texts.AGEING_INTRODUCTION,
        texts.AGEING_CRITERIA,
        _carries(("target-group", "older_persons")),
    ),
    DemoCollection(
        "women-in-technology",
        texts.WOMEN_TITLE,
        texts.WOMEN_INTRODUCTION,
        texts.WOMEN_CRITERIA,
        _carries(("target-group", "women"), ("sdg", "5")),
    ),
    DemoCollection(
        "indigenous-languages",
        texts.LANGUAGES_TITLE,
        texts.LANGUAGES_INTRODUCTION,
        texts.LANGUAGES_CRITERIA,
        _carries(("target-group", "indigenous_nomadic"), ("action-line", "C8")),
    ),
)


def is_demo(values: EntryValues) -> bool:
    return any(one.system == SYSTEM for one in values.identifiers)
