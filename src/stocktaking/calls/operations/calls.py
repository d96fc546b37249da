"""Calls as organisers draw them up."""

import datetime as dt
import re

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls import registry
from stocktaking.calls.models import Call, Letter, LetterText
from stocktaking.calls.operations.holding import held_call
from stocktaking.calls.operations.refusals import refused, stale
from stocktaking.calls.queries.windows import window_of
from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.values import CallValues, said
from stocktaking.calls.rules.window import (
    day_ends_anywhere,
    is_end_of_a_day_anywhere,
    known_zone,
    next_year,
    year_later,
)
from stocktaking.calls.states import CallState, LetterState
from stocktaking.entries.models import Collection
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.models import Questionnaire
from stocktaking.reference.queries import catalogue

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_MAX = 60
TEXTS = ("title", "summary", "introduction", "goal", "afterwards", "place")


def create_call(
    *,
    slug: str,
    kind: str,
    questionnaire: str,
    values: CallValues,
    by: Person | None,
    at: dt.datetime,
) -> Call:
    """A draft of a call; ``questionnaire`` is a slug. RulesBroken with every fault."""
    require_organiser(by)
    with transaction.atomic():
        call = Call(slug=slug, kind=kind, created_at=at)
        faults = _slug_faults(slug) + _kind_faults(kind) + _take(call, values)
        faults += _take_questionnaire(call, questionnaire)
        if faults:
            raise RulesBroken(faults)
        _insert(call)
        record(verb="call_created", of=call, by=by, at=at, detail={"slug": slug})
    return call


def revise_call(
    *,
    call: Call,
    values: CallValues,
    based_on: int,
    questionnaire: str = "",
    by: Person | None,
    at: dt.datetime,
) -> Call:
    """Other words and rules for a call. Once it is published its window and questionnaire stay
    as they were announced (``extend_call`` moves the end). StaleVersion where ``based_on`` is
    not its newest lock."""
    require_organiser(by)
    with transaction.atomic():
        held = held_call(call)
        if held.lock != based_on:
            raise stale("stale_call")
        if held.state == CallState.CANCELLED:
            raise refused("call_move_refused")
        before = _fixed(held)
        faults = _take(held, values)
        if questionnaire:
            faults += _take_questionnaire(held, questionnaire)
        if held.state == CallState.PUBLISHED:
            faults += [
                refused("call_fixed", field)
                for field, value in _fixed(held).items()
                if before[field] != value
            ]
        if faults:
            raise RulesBroken(faults)
        held.lock += 1
        held.save()
        record(verb="call_revised", of=held, by=by, at=at, detail={"lock": held.lock})
    return held


def copy_call(*, call: Call, slug: str, by: Person | None, at: dt.datetime) -> Call:
    """Next year's call: the same words and rules a year later, its letters as drafts, last
    year's entries to be confirmed."""
    require_organiser(by)
    with transaction.atomic():
        if faults := _slug_faults(slug):
            raise RulesBroken(faults)
        made = Call(
            slug=slug,
            kind=call.kind,
            questionnaire=call.questionnaire,
            zone=call.zone,
            anywhere_on_earth=call.anywhere_on_earth,
            opens_at=year_later(call.opens_at, call.zone, end=False),
            closes_at=_end_a_year_later(call),
            grace_minutes=call.grace_minutes,
            minutes=call.minutes,
            audience=call.audience,
            per_person=call.per_person,
            per_organisation=call.per_organisation,
            collection=call.collection,
            previous=call,
            confirms=True,
            created_at=at,
            **{name: getattr(call, name) for name in TEXTS},
        )
        _insert(made)
        for letter in call.letters.all():
            _copy_letter(letter, made)
        record(verb="call_created", of=made, by=by, at=at, detail={"copy_of": call.slug})
    return made


def require_organiser(by: Person | None) -> None:
    if by is not None:
        require(by, Capability.MANAGE_CALLS)


def _insert(call: Call) -> None:
    try:
        with transaction.atomic():
            call.save(force_insert=True)
    except IntegrityError:
        raise refused("call_exists", "slug") from None


def _fixed(call: Call) -> dict[str, object]:
    """What readers of a published call rely on."""
    return {
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "zone": call.zone,
        "anywhere": call.anywhere_on_earth,
        "questionnaire": call.questionnaire_id,
    }


def _take(call: Call, values: CallValues) -> list[RuleBroken]:
    for name in TEXTS:
        setattr(call, name, said(getattr(values, name)))
    call.opens_at, call.closes_at = values.opens_at, values.closes_at
    call.zone, call.anywhere_on_earth = values.zone, values.anywhere
    call.minutes, call.grace_minutes = values.minutes, values.grace_minutes
    call.audience = values.audience.as_json()
    call.per_person = values.quota.per_person
    call.per_organisation = values.quota.per_organisation
    call.collection = values.collection
    call.confirms = values.confirms
    faults = [] if call.title else [refused("call_title_missing", "title")]
    return [
        *faults,
        *_window_faults(values),
        *_audience_faults(values.audience),
        *_quota_faults(values.quota),
        *_take_places(call, values),
    ]


def _take_places(call: Call, values: CallValues) -> list[RuleBroken]:
    faults = []
    if values.collection and not Collection.objects.filter(slug=values.collection).exists():
        faults.append(refused("collection_unknown", "collection", slug=values.collection))
    previous = Call.objects.filter(slug=values.previous).first() if values.previous else None
    if values.previous and previous is None:
        faults.append(refused("call_unknown", "previous"))
    elif previous is not None and previous.slug == call.slug:
        faults.append(refused("previous_itself", "previous"))
    else:
        call.previous = previous
    return faults


def _take_questionnaire(call: Call, slug: str) -> list[RuleBroken]:
    found = Questionnaire.objects.filter(slug=slug).first()
    if found is None:
        return [refused("questionnaire_unknown", "questionnaire")]
    call.questionnaire = found
    return []


def _slug_faults(slug: str) -> list[RuleBroken]:
    fits = len(slug) <= SLUG_MAX and _SLUG.fullmatch(slug)
    return [] if fits else [refused("slug_malformed", "slug")]


def _kind_faults(kind: str) -> list[RuleBroken]:
    try:
        registry.kind_of(kind)
    except RuleBroken as error:
        return [error]
    return []


def _window_faults(values: CallValues) -> list[RuleBroken]:
    if not known_zone(values.zone):
        return [refused("zone_unknown", "zone")]
    if values.closes_at <= values.opens_at:
        return [refused("closes_before_opening", "closes_at")]
    if values.anywhere and not is_end_of_a_day_anywhere(values.closes_at):
        return [refused("not_end_of_day", "closes_at")]
    return []


def _audience_faults(audience: Audience) -> list[RuleBroken]:
    asked = (("stakeholder", audience.stakeholders), ("country", audience.countries))
    return [
        refused("term_unknown", f"audience_{scheme}", term=code)
        for scheme, codes in asked
        for code in sorted(codes)
        if catalogue().term(scheme, code) is None
    ]


def _quota_faults(quota: Quota) -> list[RuleBroken]:
    return [
        refused("quota_malformed", field)
        for field in ("per_person", "per_organisation")
        if (most := getattr(quota, field)) is not None and most < 1
    ]


def _end_a_year_later(call: Call) -> dt.datetime:
    window = window_of(call)
    if window.anywhere:
        return day_ends_anywhere(next_year(window.last_day()))
    return year_later(call.closes_at, call.zone)


def _copy_letter(letter: Letter, call: Call) -> None:
    made = Letter.objects.create(
        call=call,
        kind=letter.kind,
        state=LetterState.DRAFT,
        signed_by=letter.signed_by,
        to_drafts=letter.to_drafts,
        days_before=letter.days_before,
    )
    made.groups.set(letter.groups.all())
    LetterText.objects.bulk_create(
        LetterText(letter=made, language=text.language, subject=text.subject, body=text.body)
        for text in letter.texts.all()
    )
