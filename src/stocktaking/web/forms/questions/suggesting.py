"""Terms that the texts of a reply speak for, offered beside the question. Nobody ticks them but
the person who reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stocktaking.insight.queries.suggestion import Suggestion, suggested_terms
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Answers
from stocktaking.questionnaires.states import QuestionKind
from stocktaking.reference.queries import TermView, catalogue

TEXTS = (QuestionKind.SHORT, QuestionKind.LONG)


@dataclass(frozen=True)
class Offer:
    """One suggestion with the box to tick; none where the term is ticked already."""

    suggestion: Suggestion
    anchor: str
    ticked: bool


@dataclass(frozen=True)
class Offers:
    """What was suggested; ``read`` says whether there was any text to go by."""

    found: tuple[Offer, ...]
    silent: tuple[TermView, ...]
    read: bool


def is_offered(scheme: str) -> bool:
    """Whether terms of a scheme are suggested: those that the grid is drawn on."""
    grid = catalogue().grid()
    return grid is not None and scheme in (grid.rows.slug, grid.columns.slug)


def texts_of(definition: Definition, answers: Answers, language: str) -> list[tuple[str, str]]:
    """What the reply says of the project in words; the title comes first. Personal questions and
    those that no entry shows are left out."""
    said = sorted(_texts(definition, answers), key=lambda pair: pair[0] != "title")
    return [(language, text) for _, text in said]


def _texts(definition: Definition, answers: Answers) -> Iterator[tuple[str, str]]:
    for question in definition.questions():
        value: Any = answers.get(question.code)
        public = question.binds_to and not question.personal
        if question.kind in TEXTS and public and isinstance(value, str) and value.strip():
            yield question.binds_to, value


def offers(
    scheme: str, texts: list[tuple[str, str]], ticked: list[str], anchor: str
) -> Offers | None:
    """``ticked`` are the terms that stand in the answer; ``anchor`` that of the question."""
    found = suggested_terms(texts, schemes=[scheme])
    if not found:
        return None
    return Offers(
        found=tuple(
            Offer(one, f"{anchor}.offer.{one.term.position}", one.term.code in ticked)
            for one in found[0].found
        ),
        silent=found[0].silent,
        read=bool(texts),
    )
