"""Groups of people who are written to."""

import datetime as dt
import re

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Recipient, RecipientGroup
from stocktaking.calls.operations.calls import require_organiser
from stocktaking.calls.operations.refusals import refused, stale
from stocktaking.calls.rules.audience import GroupRule
from stocktaking.calls.rules.letters import Line, read_list
from stocktaking.calls.rules.values import Texts, said
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.reference.queries import catalogue

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_MAX = 60


def create_group(
    *, slug: str, title: Texts, rule: GroupRule, by: Person | None, at: dt.datetime
) -> RecipientGroup:
    require_organiser(by)
    faults = [] if len(slug) <= SLUG_MAX and _SLUG.fullmatch(slug) else ["slug_malformed"]
    if found := [*(refused(code, "slug") for code in faults), *_faults(title, rule)]:
        raise RulesBroken(found)
    with transaction.atomic():
        group = RecipientGroup(slug=slug, title=said(title), rule=rule.as_json())
        try:
            with transaction.atomic():
                group.save(force_insert=True)
        except IntegrityError:
            raise refused("group_exists", "slug") from None
        record(verb="group_created", of=group, by=by, at=at, detail={"slug": slug})
    return group


def revise_group(
    *,
    group: RecipientGroup,
    title: Texts,
    rule: GroupRule,
    based_on: int,
    by: Person | None,
    at: dt.datetime,
) -> RecipientGroup:
    require_organiser(by)
    if found := _faults(title, rule):
        raise RulesBroken(found)
    with transaction.atomic():
        held = RecipientGroup.objects.select_for_update().get(pk=group.pk)
        if held.lock != based_on:
            raise stale("stale_group")
        held.title, held.rule = said(title), rule.as_json()
        held.lock += 1
        held.save()
        record(verb="group_revised", of=held, by=by, at=at)
    return held


def save_recipients(
    *,
    group: RecipientGroup,
    text: str,
    default_language: str = languages.DEFAULT,
    by: Person | None,
    at: dt.datetime,
) -> list[Line]:
    """Add people from a list, pasted or read from a file, with a verdict for each line.

    Lines with a fault are left out, the others are in. The same list twice adds nobody twice.
    """
    require_organiser(by)
    with transaction.atomic():
        held = RecipientGroup.objects.select_for_update().get(pk=group.pk)
        known = held.recipients.values_list("email", flat=True)
        lines = read_list(text, default_language=default_language, known=known)
        fresh = [line for line in lines if not line.fault]
        Recipient.objects.bulk_create(
            Recipient(
                group=held,
                email=line.email,
                name=line.name,
                organisation=line.organisation,
                language=line.language,
            )
            for line in fresh
        )
        if fresh:
            record(verb="recipients_added", of=held, by=by, at=at, detail={"count": len(fresh)})
    return lines


def remove_recipients(
    *, group: RecipientGroup, recipients: list[int], by: Person | None, at: dt.datetime
) -> int:
    """Take people off a list, by the keys of their rows; how many."""
    require_organiser(by)
    with transaction.atomic():
        gone, _each = Recipient.objects.filter(group=group, pk__in=recipients).delete()
        if gone:
            record(verb="recipients_removed", of=group, by=by, at=at, detail={"count": gone})
    return gone


def _faults(title: Texts, rule: GroupRule) -> list[RuleBroken]:
    faults = [] if said(title) else [refused("group_title_missing", "title")]
    asked = (("stakeholder", rule.stakeholders), ("country", rule.countries))
    return faults + [
        refused("term_unknown", f"{scheme}s", term=code)
        for scheme, codes in asked
        for code in sorted(codes)
        if catalogue().term(scheme, code) is None
    ]
