"""Freshness as this installation has it set, for lists and for the index."""

import datetime as dt

from django.conf import settings

from stocktaking.entries.rules.freshness import Ages, Freshness
from stocktaking.search.rules.values import Band

FRESHNESS = "freshness"  # the facet, and the parameter of lists


def ages() -> Ages:
    return Ages(settings.AGEING_AFTER_DAYS, settings.STALE_AFTER_DAYS)


def freshness_of(vouched: dt.date, *, on: dt.date) -> Freshness:
    return ages().of(vouched, on=on)


def freshness_bands(*, on: dt.date) -> tuple[Band, ...]:
    """The facet as the index counts it on a day."""
    return tuple(Band(*one) for one in ages().spans(on=on))
