"""The calls of a demonstration: a closed one, two open ones, and a queue with everything in it.

Everything is done by the same operations as in earnest, at moments before the loading.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from stocktaking.accounts.models import Organisation, Person
from stocktaking.accounts.operations import add_member, register_person
from stocktaking.calls import operations as calls
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.entries.models import Collection, Entry
from stocktaking.intake.operations.deciding import accept, assign_reply, return_with_comments
from stocktaking.intake.operations.demo_entries import DEMO_FOLDER, demo_twins
from stocktaking.intake.operations.endorsing import endorse_reply
from stocktaking.intake.operations.shipped_checks import load_checks
from stocktaking.intake.rules import demo_calls as rules
from stocktaking.intake.rules.prefilling import answers_from
from stocktaking.intake.states import ENTRIES, EndorsementVerdict
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.queries.shipped import shipped

DAY = dt.timedelta(days=1)
UPDATES = {"ar": 3, "zh": 3, "fr": 4, "ru": 3, "es": 3, "en": 6}  # replies by language
CONFIRMED = 12
# what becomes of the updates, one after the other and from the beginning again
FATES = ("wait", "wait", "return", "assign", "wait", "endorse", "accept", "draft")
STATED = {"correct": True, "publish": True}


@dataclass
class Loaded:
    """How many replies there are, by state; nothing where the calls were there already."""

    calls: int = 0
    states: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.calls:
            return "nothing new"
        told = ", ".join(f"{number} {state}" for state, number in sorted(self.states.items()))
        return f"{self.calls} calls, replies: {told}"


def load_demo_calls(*, at: dt.datetime) -> Loaded:
    """Calls with replies, where there are none yet. Entries and demo accounts must be loaded."""
    if Call.objects.exists():
        return Loaded()
    rows = json.loads((DEMO_FOLDER / "calls.json").read_text(encoding="utf-8"))
    past, present = (rules.span(days, at) for days in (rules.LAST_YEAR, rules.THIS_YEAR))
    save_definition(definition=shipped("entries"), by=None, at=past.opens_at - DAY)
    load_checks(by=None, at=past.opens_at - DAY)
    last = _opened(f"entries-{past.edition}", rules.yearly(rows, past), past)
    slug = f"entries-{present.edition}"
    this = _opened(slug, rules.yearly(rows, present, previous=last.slug), present)
    calls.extend_call(
        call=this, closes_at=rules.extended(at), reason=rows["extension"], by=None, at=at - 3 * DAY
    )
    sent = at.date() - 59 * DAY
    calls.draft_letter(call=this, values=rules.letter(rows, present, dated=sent), by=None, at=at)
    special = _special_call(rows, rules.span(rules.SPECIAL, at))
    calls.copy_call(call=this, slug=f"entries-{present.edition + 1}", by=None, at=at)
    people = _People(rows["people"], at)
    owned = list(_owned(people))
    _confirmations(last, owned[:CONFIRMED], past.opens_at + 30 * DAY)
    _updates(this, owned[CONFIRMED:], rows, at)
    _twins((this, special), people, at)
    states = list(Reply.objects.values_list("state", flat=True))
    return Loaded(Call.objects.count(), {state: states.count(state) for state in set(states)})


def _opened(slug: str, values: Any, window: rules.Span, questionnaire: str = "entries") -> Call:
    before = window.opens_at - DAY
    call = calls.create_call(
        slug=slug, kind=ENTRIES, questionnaire=questionnaire, values=values, by=None, at=before
    )
    return calls.publish_call(call=call, by=None, at=before)


def _special_call(rows: Any, window: rules.Span) -> Call:
    definition = rules.with_questions_of_women(shipped("entries"), rows)
    save_definition(definition=definition, by=None, at=window.opens_at - DAY)
    known = Collection.objects.filter(slug=rules.WOMEN).exists()
    values = rules.special(rows, window, collection=rules.WOMEN if known else "")
    return _opened(rules.WOMEN, values, window, questionnaire=rules.WOMEN)


class _People:
    """Somebody invented for each organisation, named in the language of its entry."""

    def __init__(self, names: dict[str, list[str]], at: dt.datetime) -> None:
        self.names, self.at, self.made = names, at, 0

    def __call__(self, language: str, organisation: Organisation) -> Person:
        self.made += 1
        email = f"owner{self.made}@example.org"
        held = Person.objects.filter(email=email).first()
        names = self.names.get(language, self.names["en"])
        person = held or register_person(
            email=email,
            name=names[self.made % len(names)],
            language=language if language in self.names else "en",
            country=organisation.country.code if organisation.country else None,
            stakeholder=organisation.type.code if organisation.type else None,
            by=None,
            at=self.at - 500 * DAY,
        )
        add_member(organisation=organisation, person=person, by=None, at=self.at - 500 * DAY)
        return person


def _owned(people: _People) -> Iterator[tuple[Entry, Person]]:
    """Entries with somebody who answers for them, one of each language after the other; known
    owners only, none twice."""
    rows = Entry.objects.filter(
        source__slug="demo", organisation__unknown=False, start__isnull=False
    )
    found: dict[str, list[Entry]] = {language: [] for language in UPDATES}
    seen: set[int] = set()
    for entry in rows.select_related("organisation").order_by("number"):
        of_language = found.get(entry.original_language, [])
        if entry.organisation_id not in seen and len(of_language) < _wanted(entry):
            of_language.append(entry)
            seen.add(entry.organisation_id or 0)
    for round_ in zip_longest(*found.values()):
        for entry in round_:
            if entry is not None and entry.organisation is not None:
                yield entry, people(entry.original_language, entry.organisation)


def _wanted(entry: Entry) -> int:
    """Two of each language are confirmed, the others are brought up to date."""
    return UPDATES.get(entry.original_language, -2) + 2


def _confirmations(call: Call, owned: list[tuple[Entry, Person]], at: dt.datetime) -> None:
    for place, (entry, person) in enumerate(owned):
        when = at + place * DAY
        try:
            reply = calls.confirm_entry(call=call, entry=entry, by=person, at=when)
        except (RuleBroken, NotAllowed):
            continue  # it does not answer all that is asked: its owner would have to update it
        reply.refresh_from_db()
        if reply.state == ReplyState.SUBMITTED:
            accept(number=reply.pk, by=None, at=when + DAY)


def _updates(call: Call, owned: list[tuple[Entry, Person]], rows: Any, at: dt.datetime) -> None:
    texts = rows["update"]
    for place, (entry, person) in enumerate(owned):
        language = entry.original_language
        when = at - (1 + place % 20) * DAY - place * dt.timedelta(minutes=37)
        reply = calls.start_reply(
            call=call, by=person, at=when, language=language, occasion=Occasion.UPDATE, entry=entry
        )
        answers = {
            "changed": texts["changes"][language],
            "replicability": texts["replicability"][language],
            **STATED,
        }
        calls.save_reply(
            reply=reply, answers=answers, based_on=reply.answer_set.revision, by=person, at=when
        )
        fate = FATES[place % len(FATES)]
        if fate != "draft" and _send(reply, person, when):
            _decide(reply, fate, rows["returned"], at - place * dt.timedelta(minutes=11))


def _twins(targets: tuple[Call, Call], people: _People, at: dt.datetime) -> None:
    """Entries that are in the register already, sent as new ones: the queue finds them alike."""
    for place, (values, owner) in enumerate(demo_twins(at=at)):
        call = targets[place % 3 == 2]
        language = values.original_language
        person = people(language, owner)
        when = at - (2 + 2 * place) * DAY
        reply = calls.start_reply(call=call, by=person, at=when, language=language)
        asked = definition_of(reply.answer_set.version_id)
        answers = answers_from(values, asked, language=language) | STATED
        calls.save_reply(
            reply=reply, answers=answers, based_on=reply.answer_set.revision, by=person, at=when
        )
        _send(reply, person, when)


def _send(reply: Reply, person: Person, at: dt.datetime) -> bool:
    """Whether it could be sent; what does not answer everything stays a draft."""
    reply.answer_set.refresh_from_db()
    try:
        calls.submit_reply(reply=reply, based_on=reply.answer_set.revision, by=person, at=at)
    except RuleBroken:
        return False
    return True


def _decide(reply: Reply, fate: str, texts: Any, at: dt.datetime) -> None:
    moderator = Person.objects.filter(email="moderator@example.org").first()
    if fate == "return":
        language = reply.language
        return_with_comments(
            number=reply.pk,
            reason=texts["reason"][language],
            comments={"description": texts["description"][language]},
            language=language,
            by=moderator,
            at=at,
        )
    elif fate == "assign" and moderator:
        assign_reply(number=reply.pk, to=moderator, by=None, at=at)
    elif fate == "accept":
        accept(number=reply.pk, by=moderator, at=at)
    elif fate == "endorse":
        _endorse(reply, at)


def _endorse(reply: Reply, at: dt.datetime) -> None:
    """By the coordinator of the demonstration, where the reply comes from that region."""
    coordinator = Person.objects.filter(email="coordinator@example.org").first()
    if coordinator is None:
        return
    try:
        endorse_reply(
            number=reply.pk, verdict=EndorsementVerdict.ENDORSED, note="", by=coordinator, at=at
        )
    except (NotAllowed, RuleBroken):
        return  # from elsewhere
