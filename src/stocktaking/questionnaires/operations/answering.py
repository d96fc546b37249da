"""Beginning, saving and locking answers. Each saved change stands in ``AnswerChange`` for ever.

``AnswerChange`` is the history of answers: who changed what, when, from what to what. So saving
writes no other record.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.questionnaires import signals
from stocktaking.questionnaires.models import AnswerChange, AnswerSet, QuestionnaireVersion
from stocktaking.questionnaires.operations.refusals import all_of, refused
from stocktaking.questionnaires.queries.definitions import definition
from stocktaking.questionnaires.rules.merging import Conflict, base_of, merge
from stocktaking.questionnaires.rules.shapes import malformed, oversized
from stocktaking.questionnaires.rules.values import tidy


@dataclass(frozen=True)
class Saved:
    """What a saving did: the codes it changed, and those where somebody else was first.

    ``revision`` is the newest one, on which the next saving is based.
    """

    answer_set: AnswerSet
    revision: int
    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def start_answers(
    *,
    version_id: int,
    language: str,
    answers: Mapping[str, Any],
    by: Person | None,
    at: dt.datetime,
) -> AnswerSet:
    """A set of answers to a version, prefilled with ``answers``. RulesBroken where malformed.

    Revision 1 is what it began with.
    """
    if language not in languages.CODES:
        raise refused("language_unknown", "language")
    try:
        kept = _acceptable(version_id, answers)
    except LookupError:
        raise refused("version_unknown") from None
    began = {code: value for code, value in kept.items() if value is not None}
    if found := oversized(began):
        raise all_of(found)
    with transaction.atomic():
        version = QuestionnaireVersion.objects.get(pk=version_id)
        made = AnswerSet.objects.create(
            version=version,
            language=language,
            answers=began,
            revision=1,
            created_at=at,
            changed_at=at,
        )
        _note(made, {code: (None, value) for code, value in began.items()}, by, at)
    return made


def save_answers(
    *,
    answer_set_id: int,
    answers: Mapping[str, Any],
    based_on: int,
    settled: frozenset[str] = frozenset(),
    settled_at: int | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Saved:
    """Merge what one author sends into what stands there now, question by question.

    ``answers`` holds only the questions that the form showed, None for those left empty;
    ``based_on`` is the revision that the form was filled in from. What the author did not touch
    stays as others left it; what both changed to different things comes back as a conflict and is
    not saved. A code in ``settled`` is taken as sent: its author has seen both texts, those of
    revision ``settled_at`` (if it is given, and they have changed since, it is a conflict again).
    What is written over stays in the record of changes.

    RulesBroken where something is malformed (nothing is saved), ``answers_locked``,
    ``answers_unknown``, ``revision_unknown``.
    """
    with transaction.atomic():
        held = locked(answer_set_id)
        if held.locked_at is not None:
            raise refused("answers_locked")
        if not 0 <= based_on <= held.revision:
            raise refused("revision_unknown", "based_on")
        mine = _acceptable(held.version_id, answers)
        base = _base(held, based_on)
        if settled and settled_at is not None:
            shown = _base(held, settled_at)
            settled = frozenset(c for c in settled if shown.get(c) == held.answers.get(c))
        merged = merge(base=base, theirs=held.answers, mine=mine, settled=settled)
        if merged.taken:
            write(held, merged.taken, by, at)
            signals.answers_saved.send(
                sender=AnswerSet, answer_set=held, codes=tuple(merged.taken), by=by, at=at
            )
    return Saved(held, held.revision, tuple(merged.taken), merged.conflicts)


def lock_answers(*, answer_set_id: int, by: Person | None, at: dt.datetime) -> AnswerSet:
    """Nobody changes them from now on: they have been sent. Locked ones stay locked."""
    with transaction.atomic():
        held = locked(answer_set_id)
        if held.locked_at is None:
            held.locked_at = at
            held.save(update_fields=["locked_at"])
            record(verb="answers_locked", of=held, by=by, at=at, detail={"revision": held.revision})
    return held


def unlock_answers(*, answer_set_id: int, by: Person | None, at: dt.datetime) -> AnswerSet:
    """They may be changed again: they were returned, or the sending was taken back."""
    with transaction.atomic():
        held = locked(answer_set_id)
        if held.locked_at is not None:
            held.locked_at = None
            held.save(update_fields=["locked_at"])
            record(
                verb="answers_unlocked", of=held, by=by, at=at, detail={"revision": held.revision}
            )
    return held


def locked(answer_set_id: int) -> AnswerSet:
    """The row, held until the end of the transaction, or ``answers_unknown``."""
    held = AnswerSet.objects.select_for_update().filter(pk=answer_set_id).first()
    if held is None:
        raise refused("answers_unknown")
    return held


def _acceptable(version_id: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept; RulesBroken where some cannot be."""
    content = definition(version_id)
    kept = {code: tidy(value) for code, value in answers.items()}
    if found := malformed(content, kept):
        raise all_of(found)
    return kept


def _base(held: AnswerSet, revision: int) -> dict[str, Any]:
    """What stood there at a revision, from the record of changes."""
    if revision >= held.revision:
        return dict(held.answers)
    changes = held.changes.filter(revision__gt=revision).order_by("revision")
    return base_of(held.answers, changes.values_list("changed", flat=True))


def write(held: AnswerSet, taken: Mapping[str, Any], by: Person | None, at: dt.datetime) -> None:
    """Put answers over those of a locked row, and note what was there before."""
    change = {code: (held.answers.get(code), value) for code, value in taken.items()}
    together = {**held.answers, **taken}
    held.answers = {code: value for code, value in together.items() if value is not None}
    if found := oversized(held.answers):
        raise all_of(found)
    held.revision += 1
    held.changed_at = at
    held.save(update_fields=["answers", "revision", "changed_at"])
    _note(held, change, by, at)


def _note(
    held: AnswerSet, change: Mapping[str, tuple[Any, Any]], by: Person | None, at: dt.datetime
) -> None:
    AnswerChange.objects.create(
        answer_set=held,
        revision=held.revision,
        changed=change,
        by_id=by.pk if by is not None else None,
        at=at,
    )
