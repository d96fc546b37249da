"""One reply as a moderator looks at it, and what helps to decide."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.accounts.models import Person, RoleGrant
from stocktaking.accounts.rules.roles import GRANTS, Capability, Role
from stocktaking.calls.models import Reply, ReplySnapshot
from stocktaking.calls.queries.facts import facts_of
from stocktaking.entries.queries import ChangeView, EntryCard, cards
from stocktaking.entries.queries.versions import changes_between
from stocktaking.entries.states import Basis
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import Endorsement, Likeness, Moderation
from stocktaking.intake.queries.checks import active_checks, findings_in
from stocktaking.intake.queries.outcomes import (
    NamedOrganisation,
    Outcome,
    Sent,
    named_organisation,
    outcome_of,
    sent_by,
)
from stocktaking.intake.rules.bindings import differing
from stocktaking.intake.rules.checks import Finding
from stocktaking.intake.states import ENTRIES
from stocktaking.questionnaires.rules.values import Facts


@dataclass(frozen=True)
class LikeEntry:
    """An entry that the reply may repeat. ``why`` names what is alike."""

    id: int
    card: EntryCard
    score: int
    why: tuple[str, ...]
    dismissed: bool


@dataclass(frozen=True)
class Act:
    """A line of history; ``who`` is a name, empty for the system or an erased account."""

    at: dt.datetime
    who: str
    verb: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Review:
    """``changes`` is what would change for readers of the published entry; of a new reply
    nothing. ``vouched`` counts the terms that the owner stands behind from then on. ``summary``
    and ``website`` are those of the entry that it would make.

    ``was`` holds answers of the sending before, by question, where they were others.
    """

    reply: Reply
    moderation: Moderation
    sent: Sent
    facts: Facts
    changes: tuple[ChangeView, ...]
    vouched: int
    summary: str
    website: str
    was: dict[str, Any]
    previous: ReplySnapshot | None
    findings: tuple[Finding, ...]
    organisation: NamedOrganisation | None
    likenesses: tuple[LikeEntry, ...]
    endorsements: tuple[Endorsement, ...]
    authors: tuple[Person, ...]
    acts: tuple[Act, ...]

    @property
    def updates(self) -> bool:
        return self.moderation.reply.occasion != "new"

    @property
    def stopped(self) -> bool:
        """Whether a check found an error, so that acceptance asks for a reason."""
        return any(finding.severity == "error" for finding in self.findings)


def review(number: int, *, at: dt.datetime, language: str) -> Review | None:
    """A reply that was sent, by its number; None where there is no such one in the queue."""
    moderation = (
        Moderation.objects.filter(reply=number)
        .select_related("reply__call", "reply__answer_set", "reply__entry", "assigned_to")
        .first()
    )
    if moderation is None:
        return None
    reply = moderation.reply
    sent = sent_by(reply)
    named = named_organisation(sent)
    previous = _previous(reply, sent)
    outcome = outcome_of(reply, sent, organisation=named.number if named else None)
    return Review(
        reply=reply,
        moderation=moderation,
        sent=sent,
        facts=facts_of(reply),
        changes=_changes(reply, outcome, language),
        vouched=_vouched(reply, outcome),
        summary=next((text.summary for text in outcome.after.texts), ""),
        website=outcome.after.website,
        was=_was(sent, previous),
        previous=previous,
        findings=findings_in(reply, sent.definition, sent.answers, active_checks(), at=at),
        organisation=named,
        likenesses=_likenesses(reply, language),
        endorsements=tuple(reply.endorsements.select_related("by").order_by("at", "pk")),
        authors=tuple(
            author.person
            for author in reply.authors.select_related("person").order_by("since", "pk")
        ),
        acts=_acts(reply),
    )


def moderators() -> list[Person]:
    """Who may be given a reply: by name. One SQL query."""
    roles = [role.value for role in Role if Capability.MODERATE_REPLIES in GRANTS[role]]
    held = RoleGrant.objects.filter(role__in=roles).values("person")
    return list(Person.objects.filter(pk__in=held, is_active=True).order_by("name", "email"))


def acts_since(reply: Reply, lock_seen: int, lock_now: int) -> tuple[Act, ...]:
    """What others did meanwhile: as many of the newest acts as the lock has counted."""
    missed = max(lock_now - lock_seen, 0)
    return _acts(reply)[-missed:] if missed else ()


def _changes(reply: Reply, outcome: Outcome, language: str) -> tuple[ChangeView, ...]:
    """Field by field; that the owner now stands behind a term is no change to look at, and free
    answers are read below. An accepted reply has become the entry, and differs no more."""
    if reply.call.kind != ENTRIES or outcome.before is None or reply.state == "accepted":
        return ()
    found = changes_between(outcome.before, outcome.after, language=language)
    return tuple(change for change in found if change.field not in ("basis", "extra"))


def _vouched(reply: Reply, outcome: Outcome) -> int:
    """How many terms the entry has on the word of somebody else, and now on its owner's."""
    if outcome.before is None or reply.state == "accepted":
        return 0
    before = {(term.scheme, term.code): term.basis for term in outcome.before.terms}
    return sum(
        term.basis is Basis.OWNER
        and before.get((term.scheme, term.code), Basis.OWNER) is not Basis.OWNER
        for term in outcome.after.terms
    )


def _previous(reply: Reply, sent: Sent) -> ReplySnapshot | None:
    if sent.snapshot is None or sent.snapshot.number < 2:
        return None
    return reply.snapshots.filter(number=sent.snapshot.number - 1).first()


def _was(sent: Sent, previous: ReplySnapshot | None) -> dict[str, Any]:
    if previous is None:
        return {}
    changed = differing(sent.definition, previous.answers, sent.answers)
    return {code: previous.answers.get(code) for code in changed}


def _likenesses(reply: Reply, language: str) -> tuple[LikeEntry, ...]:
    rows = list(Likeness.objects.filter(reply=reply).order_by("-score", "entry"))
    shown = {card.number: card for card in cards([row.entry_id for row in rows], language)}
    return tuple(
        LikeEntry(
            id=row.pk,
            card=shown[row.entry_id],
            score=row.score,
            why=tuple(row.why),
            dismissed=row.dismissed_at is not None,
        )
        for row in rows
        if row.entry_id in shown
    )


def _acts(reply: Reply) -> tuple[Act, ...]:
    rows = list(
        HistoryRecord.objects.filter(object_type="calls.reply", object_id=str(reply.pk)).order_by(
            "id"
        )
    )
    people = Person.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return tuple(
        Act(
            at=row.at,
            who=people[row.actor_id].name if row.actor_id in people else "",
            verb=row.verb,
            detail=row.detail,
        )
        for row in rows
    )
