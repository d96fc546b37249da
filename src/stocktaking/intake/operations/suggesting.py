"""Readers say what is wrong with an entry; owners say what they think of it; staff decide."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.accounts.rules.scopes import TermKey, written
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import revise_entry
from stocktaking.entries.permissions import require_acting
from stocktaking.entries.queries import values_of
from stocktaking.entries.states import Basis, Cause
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import Suggestion
from stocktaking.intake.operations.participating import (
    bounded,
    changed_meanwhile,
    public_entry,
    refused,
    visitors_address,
)
from stocktaking.intake.permissions import lines_for
from stocktaking.intake.rules.places import TERMS, place_of, proposed_term, with_term, with_words
from stocktaking.intake.states import OwnerVerdict, SuggestionKind, SuggestionState
from stocktaking.kernel import languages
from stocktaking.kernel.errors import NotAllowed

PROPOSED_MAX = 20_000
REMARK_MAX = 5_000


@transaction.atomic
def suggest(
    *,
    number: int,
    kind: SuggestionKind,
    place: str = "",
    proposed: str = "",
    remark: str = "",
    language: str,
    email: str = "",
    by: Person | None,
    at: dt.datetime,
) -> Suggestion:
    """A report of an error, or other words for one place. ``email`` is where to answer a visitor.

    RuleBroken: ``place_unknown``, ``proposed_missing``, ``proposed_same``, ``remark_missing``,
    ``text_long``, ``email_malformed``, ``entry_not_public``.
    """
    entry = public_entry(number)
    found = place_of(values_of(number), place)
    if found is None:
        raise refused("place_unknown", "place")
    proposed = bounded(proposed, "proposed", PROPOSED_MAX)
    remark = bounded(remark, "remark", REMARK_MAX)
    if kind is SuggestionKind.EDIT and found.has_words:
        if not proposed and not remark:
            raise refused("proposed_missing", "proposed")
        if proposed and proposed == found.words:
            raise refused("proposed_same", "proposed")
    elif not remark:
        raise refused("remark_missing", "remark")
    return _made(
        entry,
        kind=kind,
        place=place,
        proposed=proposed if found.has_words else "",
        remark=remark,
        language=language,
        email=visitors_address(email, by),
        by=by,
        at=at,
    )


@transaction.atomic
def suggest_line(
    *, number: int, line: TermKey, remark: str, language: str, by: Person, at: dt.datetime
) -> Suggestion:
    """An entry belongs to an action line that it does not carry. ``proposed`` names the line.

    NotAllowed for a line of others; RuleBroken: ``entry_not_public``, ``proposed_same``,
    ``remark_missing``, ``text_long``.
    """
    if line not in lines_for(by):
        raise NotAllowed("not_own_line", _("You may not do this with your account."))
    entry = public_entry(number, "number")
    if any((term.scheme, term.code) == line for term in values_of(number).terms):
        raise refused("proposed_same", "number")
    remark = bounded(remark, "remark", REMARK_MAX)
    if not remark:
        raise refused("remark_missing", "remark")
    return _made(
        entry,
        kind=SuggestionKind.EDIT,
        place=TERMS,
        proposed=written(line),
        remark=remark,
        language=language,
        by=by,
        at=at,
    )


@transaction.atomic
def say_as_owner(
    *,
    suggestion_id: int,
    verdict: OwnerVerdict,
    note: str = "",
    based_on: int,
    by: Person,
    at: dt.datetime,
) -> Suggestion:
    """What those think who act for the entry. It decides nothing: what they agree to stands
    first in the list of staff, what they are against is not declined by it."""
    suggestion = _open(suggestion_id, based_on)
    require_acting(by, suggestion.entry)
    if suggestion.kind != SuggestionKind.EDIT:
        raise refused("owner_decides_edits")
    suggestion.owner_verdict = verdict
    suggestion.owner_note = bounded(note, "note", REMARK_MAX)
    suggestion.owner_by_id, suggestion.owner_at = by.pk, at
    _save(suggestion)
    detail = {"entry": suggestion.entry_id, "verdict": verdict}
    record(verb="suggestion_judged", of=suggestion, by=by, at=at, detail=detail)
    signals.suggestion_judged.send(sender=Suggestion, suggestion=suggestion, by=by, at=at)
    return suggestion


@transaction.atomic
def take_suggestion(
    *,
    suggestion_id: int,
    words: str | None = None,
    based_on: int,
    entry_version: int | None = None,
    answer: str = "",
    by: Person,
    at: dt.datetime,
) -> Suggestion:
    """Take it over. ``words`` go to its place of the entry, as they came or as a moderator put
    them; None where the entry was put right by hand. ``entry_version`` is the version that the
    moderator saw: StaleVersion where the entry was changed since, and nothing is decided then.
    """
    require(by, Capability.MODERATE_REPLIES)
    suggestion = _open(suggestion_id, based_on)
    if words is not None:
        entry = _with_words(suggestion, words, entry_version, by, at)
        suggestion.taken_version = entry.version
    return _decide(suggestion, SuggestionState.TAKEN, answer, by, at)


@transaction.atomic
def take_line(
    *,
    suggestion_id: int,
    basis: Basis,
    based_on: int,
    entry_version: int | None = None,
    answer: str = "",
    by: Person,
    at: dt.datetime,
) -> Suggestion:
    """Carry out what ``suggest_line`` proposed: the entry has the line from now on, as one more
    version. ``basis`` says who stands behind it: ``editor`` the secretariat, ``suggested``
    nobody yet. An entry that has the line already is left as it is.

    StaleVersion as in ``take_suggestion``; RuleBroken: ``no_line``, ``entry_not_public``.
    """
    require(by, Capability.MODERATE_REPLIES)
    suggestion = _open(suggestion_id, based_on)
    line = proposed_term(suggestion.place, suggestion.proposed)
    if line is None or basis not in (Basis.EDITOR, Basis.SUGGESTED):
        raise refused("no_line")
    before = public_entry(suggestion.entry_id)
    entry = revise_entry(
        number=before.pk,
        values=with_term(values_of(before.pk), *line, basis),
        based_on=suggestion.entry_version if entry_version is None else entry_version,
        by=by,
        at=at,
        reason=Cause.SUGGESTION,
    )
    suggestion.taken_version = entry.version if entry.version != before.version else None
    return _decide(suggestion, SuggestionState.TAKEN, answer, by, at)


@transaction.atomic
def decline_suggestion(
    *, suggestion_id: int, answer: str, based_on: int, by: Person, at: dt.datetime
) -> Suggestion:
    """The entry stays as it is; whoever suggested it is told why."""
    require(by, Capability.MODERATE_REPLIES)
    suggestion = _open(suggestion_id, based_on)
    if not answer.strip():
        raise refused("answer_missing", "answer")
    return _decide(suggestion, SuggestionState.DECLINED, answer, by, at)


@transaction.atomic
def forget_suggesters(*, before: dt.datetime) -> int:
    """Addresses of visitors whose suggestions were decided before a moment are removed."""
    rows = Suggestion.objects.filter(decided_at__lt=before).exclude(email="")
    return rows.update(email="")


def _made(
    entry: Entry,
    *,
    kind: SuggestionKind,
    language: str,
    by: Person | None,
    at: dt.datetime,
    **stated: str,
) -> Suggestion:
    suggestion = Suggestion.objects.create(
        entry=entry,
        entry_version=entry.version,
        kind=kind,
        language=language if language in languages.CODES else languages.DEFAULT,
        by=by,
        at=at,
        **stated,
    )
    detail = {"entry": entry.pk, "kind": kind}
    record(verb="suggested", of=suggestion, by=by, at=at, detail=detail)
    signals.suggestion_made.send(sender=Suggestion, suggestion=suggestion, by=by, at=at)
    return suggestion


def _with_words(
    suggestion: Suggestion, words: str, entry_version: int | None, by: Person, at: dt.datetime
) -> Entry:
    number = suggestion.entry_id
    try:
        changed = with_words(values_of(number), suggestion.place, words)
    except LookupError:
        raise refused("place_unknown", "words") from None
    based_on = suggestion.entry_version if entry_version is None else entry_version
    return revise_entry(
        number=number, values=changed, based_on=based_on, by=by, at=at, reason=Cause.SUGGESTION
    )


def _decide(
    suggestion: Suggestion, state: SuggestionState, answer: str, by: Person, at: dt.datetime
) -> Suggestion:
    suggestion.state = state
    suggestion.answer = bounded(answer, "answer", REMARK_MAX)
    suggestion.decided_by_id, suggestion.decided_at = by.pk, at
    _save(suggestion)
    detail = {"entry": suggestion.entry_id, "version": suggestion.taken_version}
    record(verb=f"suggestion_{state.value}", of=suggestion, by=by, at=at, detail=detail)
    signals.suggestion_decided.send(sender=Suggestion, suggestion=suggestion, by=by, at=at)
    return suggestion


def _open(suggestion_id: int, based_on: int) -> Suggestion:
    """The suggestion, held, as long as nobody has decided or changed it."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("entry", "by")
    suggestion = rows.filter(pk=suggestion_id).first()
    if suggestion is None:
        raise refused("suggestion_unknown")
    if suggestion.state != SuggestionState.OPEN:
        raise refused("suggestion_decided")
    if suggestion.lock != based_on:
        raise changed_meanwhile("suggestion_changed")
    return suggestion


def _save(suggestion: Suggestion) -> None:
    suggestion.lock += 1
    suggestion.save()
