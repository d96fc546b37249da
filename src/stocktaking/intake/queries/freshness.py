"""Which entries nobody has confirmed for long, and whom to ask."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.queries import OrganisationView, organisations_by_number
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.rules.links import hash_of
from stocktaking.entries.states import EntryState
from stocktaking.intake.models import Confirmation


@dataclass(frozen=True)
class ToAsk:
    """A person with the numbers of entries to ask about, the longest unconfirmed first."""

    person: Person
    entries: tuple[int, ...]


@dataclass(frozen=True)
class Unclaimed:
    """An organisation that nobody acts for, with how many of its entries are old."""

    organisation: OrganisationView
    entries: int
    oldest: dt.date


@dataclass(frozen=True)
class Asked:
    """An entry that a link of a mail is about."""

    entry: EntryCard
    confirmed_on: dt.date | None
    asked_at: dt.datetime
    expires_at: dt.datetime
    used: bool
    over: bool


@dataclass(frozen=True)
class Freshness:
    """Published entries in numbers; the last four are about old ones."""

    entries: int
    old: int
    claimed: int
    unclaimed: int
    last_asked: dt.datetime | None


def old_entries(*, before: dt.date) -> QuerySet[Entry]:
    """Published entries neither registered nor confirmed since a day."""
    unconfirmed = Q(confirmed_on=None, registered_on__lt=before)
    return Entry.objects.filter(
        Q(confirmed_on__lt=before) | unconfirmed, state=EntryState.PUBLISHED
    )


def people_to_ask(
    *, before: dt.date, at: dt.datetime, most: int | None = None
) -> tuple[list[ToAsk], int]:
    """Everybody to ask who acts for an organisation with old entries, at most so many, and how
    many people are left out because they were asked within the last year. Five SQL queries."""
    old = old_entries(before=before).exclude(organisation=None)
    held = Membership.objects.filter(
        organisation__in=old.values("organisation"), person__is_active=True
    )
    waiting = held.exclude(person__email__in=_asked_lately(at).values("email"))
    chosen = waiting.order_by("person_id").values_list("person_id", flat=True).distinct()
    people = Person.objects.in_bulk(list(chosen if most is None else chosen[:most]))
    bodies: dict[int, list[int]] = {pk: [] for pk in sorted(people)}
    for person, body in (
        waiting.filter(person__in=people).order_by("id").values_list("person_id", "organisation_id")
    ):
        bodies[person].append(body)
    numbers: dict[int, list[int]] = defaultdict(list)
    rows = old.filter(organisation__in={body for found in bodies.values() for body in found})
    vouched = Coalesce("confirmed_on", "registered_on")
    for number, body in rows.order_by(vouched, "number").values_list("number", "organisation_id"):
        numbers[body].append(number)
    asked = [
        ToAsk(people[pk], tuple(number for body in found for number in numbers[body]))
        for pk, found in bodies.items()
    ]
    everybody = held.values("person").distinct().count()
    return asked, everybody - waiting.values("person").distinct().count()


def own_old_entries(person: Person, *, on: dt.date) -> dict[int, int]:
    """How many entries of each organisation that somebody acts for are not fresh any more, by
    the organisation's number. One SQL query."""
    before = on - dt.timedelta(days=settings.AGEING_AFTER_DAYS)
    mine = Membership.objects.filter(person=person).values("organisation")
    rows = old_entries(before=before).filter(organisation__in=mine).order_by()
    counted = rows.values("organisation").annotate(count=Count("number"))
    return dict(counted.values_list("organisation", "count"))


def was_asked_lately(email: str, *, at: dt.datetime) -> bool:
    """Whether an address was asked within the last year."""
    return _asked_lately(at).filter(email=email).exists()


def _asked_lately(at: dt.datetime) -> QuerySet[Confirmation]:
    since = at - dt.timedelta(days=settings.CONFIRMATION_EVERY_DAYS)
    return Confirmation.objects.filter(asked_at__gt=since)


def unclaimed(*, before: dt.date, limit: int) -> tuple[list[Unclaimed], int]:
    """Organisations that nobody acts for, those with most old entries first, and how many there
    are. Four SQL queries."""
    rows = (
        Organisation.objects.filter(
            merged_into=None,
            unknown=False,
            memberships=None,
            entries__in=old_entries(before=before),
        )
        .annotate(count=Count("entries"), oldest=Min("entries__registered_on"))
        .order_by("-count", "name")
    )
    found = list(rows.values_list("number", "count", "oldest")[:limit])
    views = organisations_by_number([number for number, _, _ in found])
    shown = [Unclaimed(views[number], count, oldest) for number, count, oldest in found]
    return shown, rows.count()


def freshness(*, before: dt.date) -> Freshness:
    """Three SQL queries."""
    public = Entry.objects.filter(state=EntryState.PUBLISHED).count()
    old = old_entries(before=before).aggregate(
        all=Count("number", distinct=True),
        claimed=Count("number", distinct=True, filter=Q(organisation__memberships__isnull=False)),
    )
    last = Confirmation.objects.aggregate(at=Max("asked_at"))["at"]
    return Freshness(public, old["all"], old["claimed"], old["all"] - old["claimed"], last)


def asked_by_link(token: str, language: str, *, at: dt.datetime) -> Asked | None:
    """What the secret of a mail asks about, also when it serves no longer."""
    row = Confirmation.objects.filter(token_hash=hash_of(token)).select_related("entry").first()
    if row is None:
        return None
    return Asked(
        entry=cards([row.entry_id], language)[0],
        confirmed_on=row.entry.confirmed_on,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        used=row.confirmed_at is not None,
        over=row.expires_at <= at or row.entry.state != EntryState.PUBLISHED,
    )
