"""What people agreed to."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Consent, Person
from stocktaking.accounts.rules.consents import VERSIONS, Purpose

# the very words that are agreed to; a change of meaning raises the purpose's version
CONSENT_TEXTS: dict[Purpose, Promise] = {
    Purpose.CALLS: _("Send me the letters that open a call, and news of it."),
    Purpose.CONTACT: _(
        "Readers may write to me through the site. They do not see my address unless I answer."
    ),
    Purpose.REMINDERS: _("Remind me of what I have begun and of deadlines that are near."),
}


@dataclass(frozen=True)
class ConsentView:
    """A purpose with its words today, and whether it is agreed to; ``since`` None: never said."""

    purpose: Purpose
    text: str
    given: bool
    since: dt.datetime | None


def consents(person: Person) -> list[ConsentView]:
    """Every purpose, and what the person said last. One SQL query."""
    last = {row.purpose: row for row in person.consents.all()}  # in the order of saying
    return [
        ConsentView(
            purpose=purpose,
            text=str(CONSENT_TEXTS[purpose]),
            given=purpose in last and _holds(last[purpose]),
            since=last[purpose].at if purpose in last else None,
        )
        for purpose in Purpose
    ]


def has_consent(person_ids: Iterable[int], purpose: Purpose) -> frozenset[int]:
    """Those of these people who agree to a purpose now. One SQL query for each 500."""
    found: set[int] = set()
    for ids in _chunks(person_ids):
        agreeing = _agreeing(Consent.objects.filter(person__in=ids), purpose)
        found.update(agreeing.values_list("person_id", flat=True))
    return frozenset(found)


def consenting(purpose: Purpose) -> QuerySet[Consent]:
    """The rows by which people agree to a purpose now, for a list of everybody who does."""
    return _agreeing(Consent.objects.all(), purpose)


def _agreeing(rows: QuerySet[Consent], purpose: Purpose) -> QuerySet[Consent]:
    said = rows.filter(purpose=purpose)
    # the newest row of a person decides; rows are only ever added
    newest = said.order_by().values("person").annotate(last=Max("id")).values("last")
    return said.filter(id__in=newest, given=True, version=VERSIONS[purpose])


def _holds(row: Consent) -> bool:
    return row.given and row.version == VERSIONS[Purpose(row.purpose)]


def _chunks(ids: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk
