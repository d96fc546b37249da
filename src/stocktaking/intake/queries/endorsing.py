"""What waits for a coordinator to say something."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from stocktaking.calls.models import Reply
from stocktaking.intake.models import Endorsement
from stocktaking.intake.states import UNDECIDED
from stocktaking.kernel import languages
from stocktaking.reference.queries import catalogue


@dataclass(frozen=True)
class EndorseRow:
    number: int
    title: str
    language: str
    organisation: str
    country: str
    days: int
    verdict: str  # of this coordinator; empty: none yet

    @property
    def direction(self) -> str:
        return languages.direction_of(self.language)


@dataclass(frozen=True)
class EndorseList:
    total: int
    rows: tuple[EndorseRow, ...]


def to_endorse(
    within: QuerySet[Reply],
    scopes: Collection[str],
    *,
    at: dt.datetime,
    spoken: bool = False,
    page: int = 1,
    size: int = 50,
) -> EndorseList:
    """Undecided replies of those ``within`` somebody's scopes (``permissions.from_scopes``),
    oldest first: those on which these scopes did not speak, or with ``spoken`` those on which
    they did. Three SQL queries."""
    own = Endorsement.objects.filter(reply=OuterRef("pk"), scope__in=scopes)
    found = within.filter(state__in=UNDECIDED)
    found = found.filter(Exists(own)) if spoken else found.exclude(Exists(own))
    first = (max(page, 1) - 1) * size
    rows = list(found.order_by("submitted_at", "pk")[first : first + size])
    verdicts = dict(
        Endorsement.objects.filter(reply__in=rows, scope__in=scopes).values_list(
            "reply_id", "verdict"
        )
    )
    countries = catalogue().scheme("country")
    return EndorseList(
        found.count(),
        tuple(
            EndorseRow(
                number=row.pk,
                title=row.title,
                language=row.language,
                organisation=row.organisation_name,
                country=str(countries.get(row.country) or row.country) if countries else "",
                days=max((at - row.submitted_at).days, 0) if row.submitted_at else 0,
                verdict=verdicts.get(row.pk, ""),
            )
            for row in rows
        ),
    )
