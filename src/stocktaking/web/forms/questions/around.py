"""What every question of a section is shown with: who reads, what was typed, what may be chosen."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from stocktaking.accounts.queries import OrganisationView
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.definition import Texts

LONGEST = 100_000  # characters of one field; what is longer was not typed


@dataclass(frozen=True)
class Words:
    """A text for the reader, and the language that it turned out to be in."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def words_in(texts: Texts, language: str) -> Words:
    """The text in this language, else in the next best one."""
    for code in (*languages.fallbacks(language), *texts):
        if texts.get(code):
            return Words(texts[code], code)
    return Words("", language)


@dataclass(frozen=True)
class Around:
    """``language`` is the reader's, ``written_in`` the one that answers are given in.

    ``data`` is what was typed (None: show what is stored); ``found`` are organisations that a
    search by name found, by the code of the question.
    """

    language: str
    written_in: str
    data: QueryDict | None = None
    files: Any = None
    organisations: Sequence[OrganisationView] = ()
    found: dict[str, list[OrganisationView]] = field(default_factory=dict)


def typed(data: QueryDict, name: str) -> str:
    """What stands in a field: one kind of line end, and no letters that no database takes."""
    return clean(data.get(name, "")[:LONGEST])


def typed_line(data: QueryDict, name: str) -> str:
    return typed(data, name).replace("\n", " ").replace("\t", " ").strip()


def in_order(codes: Iterable[str], stored: Iterable[Any]) -> list[str]:
    """Each code once, those that are stored first and as they stand there: showing an answer
    and reading it again must not change it."""
    sent, before = list(codes), [str(one) for one in stored]
    return list(dict.fromkeys([*(code for code in before if code in sent), *sent]))


def clean(text: str) -> str:
    """Without what no eye sees and no database keeps: control characters, halves of pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(
        letter
        for letter in text
        if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs")
    )
