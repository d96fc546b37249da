"""Which part of an entry a question is about: the words of ``QuestionDef.binds_to``.

``title``, ``summary``, ``section:<code>``, ``scheme:<slug>``, ``countries`` (the scheme
``country``: where it works), ``worldwide``, ``organisation``, ``start``, ``end``, ``website``,
``links``, ``partners``, ``images``, ``licence``; nothing: a fact of its own, kept in ``extra``
under the name of the questionnaire.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from stocktaking.entries.rules.values import EntryValues
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.states import QuestionKind

COUNTRY = "country"
FREE = ""
# What is asked of the sender, and not said of the entry; people stay with the reply.
NOT_FACTS = frozenset({QuestionKind.STATEMENT, QuestionKind.PEOPLE, QuestionKind.FILE})

Answers = Mapping[str, Any]
Bound = tuple[QuestionDef, str, str]  # question, part of the entry, which one of its kind


def bound(definition: Definition) -> Iterator[Bound]:
    """Every question that says something of the entry. Personal answers never do."""
    for question in definition.questions():
        part, _colon, item = question.binds_to.partition(":")
        if part == "countries":
            part, item = "scheme", COUNTRY
        if question.personal or (part == FREE and question.kind in NOT_FACTS):
            continue
        yield question, part, item


def codes_in(question: QuestionDef, answer: Any) -> list[str]:
    """The codes of terms that an answer names, each once, whatever the kind of the question."""
    if not answer:
        return []
    if question.kind == QuestionKind.TERMS:
        stated = [str(one.get("code", "")) for one in answer]
    elif isinstance(answer, str):
        stated = [answer]
    else:
        stated = [str(one) for one in answer]
    return [code for code in dict.fromkeys(stated) if code]


def facts_in(values: EntryValues, slug: str) -> dict[str, Any]:
    """The free answers that an entry keeps of a questionnaire."""
    kept = values.extra.get(slug)
    return dict(kept) if isinstance(kept, dict) else {}


def plain(answer: Any) -> Any:
    """An answer without what is empty in it: two that say the same are equal. None: nothing."""
    if isinstance(answer, str):
        return answer.replace("\r\n", "\n").strip() or None
    if isinstance(answer, dict):
        kept = {key: plain(value) for key, value in answer.items()}
        return {key: value for key, value in kept.items() if value is not None} or None
    if isinstance(answer, list | tuple):
        return [one for one in map(plain, answer) if one is not None] or None
    return None if answer is False else answer


def differing(definition: Definition, one: Answers, other: Answers) -> frozenset[str]:
    """The codes of questions to which two sets of answers say something else."""
    codes = (question.code for question in definition.questions())
    return frozenset(code for code in codes if plain(one.get(code)) != plain(other.get(code)))
