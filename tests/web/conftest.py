"""A small framework with a grid, and a register to look at."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from tests.factories import entries as factory

from stocktaking.entries.models import Entry
from stocktaking.entries.rules.values import TermValue, TextValue
from stocktaking.entries.states import Basis
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, CrosswalkLink, Revision, Scheme, Term
from stocktaking.search import operations as search

COLOURS = {"1": "#e5243b", "2": "#dda63a", "3": "#4c9f38"}


def grid() -> None:
    """Lines by goals; L1 x 1 and L2 x 2 are linked."""
    factory.framework()
    line, goal = (Scheme.objects.get(slug=slug) for slug in ("line", "goal"))
    walk = Crosswalk.objects.create(
        slug="line-goal", title={"en": "Lines and goals"}, rows=line, columns=goal, primary=True
    )
    for code, colour in COLOURS.items():
        goal.terms.filter(code=code).update(colour=colour)
    for row, column in (("L1", "1"), ("L2", "2")):
        CrosswalkLink.objects.create(
            crosswalk=walk,
            row=Term.objects.get(scheme=line, code=row),
            column=Term.objects.get(scheme=goal, code=column),
            targets=[f"{column}.4"],
            rationale={"en": f"Because {row} serves {column}.", "ar": "سبب"},
        )
    Revision.objects.update(number=2)
    reference.forget()


@dataclass
class Register:
    """Entries made by operations, and the index that follows them."""

    made: list[Entry] = field(default_factory=list)

    def add(self, title: str = "", *, lines: str = "L1", goals: str = "3", **stated: Any) -> Entry:
        """A published entry; codes of terms are words in ``lines``, ``goals``, ``countries``."""
        publish, at = stated.pop("publish", True), stated.pop("at", factory.AT)
        countries = stated.pop("countries", "KE")
        summary = stated.pop("summary", "A network run by a village.")
        language = stated.get("original_language", "en")
        if title:
            stated.setdefault("texts", (TextValue(language, title, summary),))
        by_scheme = {"line": lines, "goal": goals, "country": countries}
        stated.setdefault(
            "terms",
            tuple(
                TermValue(scheme, code, Basis.SUGGESTED if scheme == "line" else Basis.OWNER)
                for scheme, codes in by_scheme.items()
                for code in codes.split()
            ),
        )
        stated.setdefault("sections", ())
        entry = factory.entry(publish=publish, at=at, **stated)
        self.made.append(entry)
        return entry

    def index(self) -> None:
        search.catch_up()


@pytest.fixture
def register(db: None) -> Register:
    grid()
    search.rebuild()
    return Register()


@pytest.fixture
def visit(client: Client) -> Callable[..., Any]:
    """GET an address; the language of the test is left as it was."""

    def get(path: str, query: str = "", **headers: str) -> Any:
        with translation.override("en"):
            return client.get(path, QUERY_STRING=query, headers=headers)

    return get


def days(number: int) -> dt.date:
    return factory.TODAY - dt.timedelta(days=number)
