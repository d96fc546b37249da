"""What a reply would make of an entry: looked at before, and done on acceptance."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.accounts.models import Organisation
from stocktaking.calls.models import Reply, ReplySnapshot
from stocktaking.calls.queries.facts import facts_of
from stocktaking.calls.states import Occasion
from stocktaking.entries.models import EntryVersion
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.snapshots import from_json
from stocktaking.entries.rules.values import EntryValues
from stocktaking.intake.rules.becoming import becoming, same_content
from stocktaking.intake.rules.bindings import bound, differing
from stocktaking.intake.rules.prefilling import answers_from
from stocktaking.kernel.text.normalise import name_key
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.rules.answers import effective
from stocktaking.questionnaires.rules.conditions import visible
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.reference.queries import catalogue


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation that a reply names; ``number`` where the register knows it."""

    name: str
    country: str = ""
    type: str = ""
    website: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Outcome:
    """``before`` is the entry as it is now; ``changed`` are the questions that its sender
    answered otherwise than the entry did when the reply was begun."""

    after: EntryValues
    before: EntryValues | None = None
    changed: frozenset[str] = frozenset()

    @property
    def differs(self) -> bool:
        return self.before is None or not same_content(self.before, self.after)


@dataclass(frozen=True)
class Sent:
    """The newest answers that were sent, with what they answer."""

    definition: Definition
    answers: dict[str, Any]
    snapshot: ReplySnapshot | None


def sent_by(reply: Reply) -> Sent:
    """What was sent last; of a draft, what stands there and counts."""
    snapshot = reply.snapshots.order_by("-number").first()
    if snapshot is not None:
        return Sent(definition_of(snapshot.version_id), snapshot.answers, snapshot)
    definition = definition_of(reply.answer_set.version_id)
    return Sent(definition, effective(definition, reply.answer_set.answers, facts_of(reply)), None)


def outcome_of(reply: Reply, sent: Sent, *, organisation: int | None) -> Outcome:
    """The entry that this reply makes or changes; ``organisation`` as it was found."""
    collection = reply.call.collection
    if reply.occasion == Occasion.NEW or reply.entry_id is None:
        after = becoming(
            sent.definition,
            sent.answers,
            language=reply.language,
            organisation=organisation or reply.organisation_id,
            collection=collection,
        )
        return Outcome(after)
    begun = answers_from(
        values_at(reply.entry_id, reply.started_at), sent.definition, language=reply.language
    )
    shown = visible(sent.definition, sent.answers, facts_of(reply))
    changed = differing(sent.definition, begun, sent.answers) & shown
    before = values_of(reply.entry_id)
    after = becoming(
        sent.definition,
        sent.answers,
        language=reply.language,
        before=before,
        changed=changed,
        organisation=organisation,
        collection=collection,
    )
    return Outcome(after, before, changed)


def values_at(number: int, at: dt.datetime) -> EntryValues:
    """What an entry said at a moment; its first version where it is younger."""
    rows = EntryVersion.objects.filter(entry=number)
    row = rows.filter(made_at__lte=at).order_by("-number").first() or rows.order_by("number")[0]
    return from_json(row.snapshot)


def named_organisation(sent: Sent) -> NamedOrganisation | None:
    """The organisation that the answers name, found in the register where it is there."""
    for question, part, _item in bound(sent.definition):
        answer = sent.answers.get(question.code)
        if part == "organisation" and isinstance(answer, Mapping):
            return _by_number(answer) or _by_name(answer)
    return None


def _by_number(answer: Mapping[str, Any]) -> NamedOrganisation | None:
    number = answer.get("number")
    row = Organisation.objects.filter(number=number).first() if isinstance(number, int) else None
    while row is not None and row.merged_into is not None:
        row = row.merged_into
    return NamedOrganisation(row.name, number=row.number) if row else None


def _by_name(answer: Mapping[str, Any]) -> NamedOrganisation | None:
    name = " ".join(str(answer.get("name") or "").split())
    if not name:
        return None
    country = catalogue().term("country", str(answer.get("country") or ""))
    known = Organisation.objects.filter(
        name_key=name_key(name)[:300], country=country.id if country else None, merged_into=None
    ).first()
    return NamedOrganisation(
        name=name,
        country=country.code if country else "",
        type=str(answer.get("type") or ""),
        website=str(answer.get("website") or ""),
        number=known.number if known else None,
    )
