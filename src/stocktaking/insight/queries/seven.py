"""A handful of entries that the date draws."""

import datetime as dt

from django.db.models import Max, Min

from stocktaking.entries.models import Entry
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.states import EntryState
from stocktaking.insight.rules.draw import draw


def drawn_entries(day: dt.date, language: str, *, wanted: int = 7) -> list[EntryCard]:
    """Published entries drawn by ``day``, in the order drawn; the same for everybody."""
    published = Entry.objects.filter(state=EntryState.PUBLISHED)
    ends = published.aggregate(first=Min("number"), last=Max("number"))
    if ends["first"] is None:
        return []
    drawn = draw(day, first=ends["first"], last=ends["last"], wanted=wanted)
    held = set(published.filter(number__in=drawn).values_list("number", flat=True))
    return cards([number for number in drawn if number in held][:wanted], language)
