"""A moment of a call as people read it: weekday, date, hour, place, and the same in UTC."""

import datetime as dt
from dataclasses import dataclass

from django.utils import formats, translation
from django.utils.translation import gettext as _

from stocktaking.calls.models import Call
from stocktaking.calls.queries.windows import window_of
from stocktaking.calls.rules.window import LAST_ZONE, is_end_of_a_day_anywhere
from stocktaking.kernel import languages
from stocktaking.reference.queries.catalogue import pick

# weekday and date; Django's own formats have no weekday
_DAYS = {
    "ar": "l j F Y",
    "zh": "Y年n月j日 l",
    "en": "l j F Y",
    "fr": "l j F Y",
    "ru": "l, j E Y г.",
    "es": r"l, j \d\e F \d\e Y",
}
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Told:
    """``iso`` is for machines; ``anywhere``: the day ends last in UTC-12, so no hour is told."""

    day: str
    hour: str
    place: str
    utc: str  # the hour, with its day where that is another one
    iso: str
    anywhere: bool = False

    def __str__(self) -> str:
        if self.anywhere:
            return _("the end of %(day)s anywhere on earth (%(utc)s UTC)") % vars(self)
        return _("%(day)s, %(hour)s %(place)s (%(utc)s UTC)") % vars(self)


def tell(moment: dt.datetime, call: Call, language: str | None = None, *, end: bool = True) -> Told:
    """A moment in the place of a call, in a language (default: of the request).

    An ``end`` at midnight is 24:00 of the day that it ends.
    """
    code = language if language in languages.BY_CODE else languages.current().code
    with translation.override(languages.BY_CODE[code].django):
        # what one person was allowed may end at any hour
        anywhere = end and call.anywhere_on_earth and is_end_of_a_day_anywhere(moment)
        zone = LAST_ZONE if anywhere else window_of(call).place()
        local, universal = moment.astimezone(zone), moment.astimezone(dt.UTC)
        hour, shown = f"{local:%H:%M}", local.date()
        if end and hour == "00:00":
            hour, shown = "24:00", (local - _SECOND).date()
        utc = f"{universal:%H:%M}"
        if universal.date() != shown:
            utc = _("%(day)s, %(hour)s") % {"day": day(universal.date()), "hour": utc}
        return Told(
            day=day(shown),
            hour=hour,
            place=place_of(call, code),
            utc=utc,
            iso=universal.isoformat().replace("+00:00", "Z"),
            anywhere=anywhere,
        )


def day(date: dt.date) -> str:
    """Weekday and date in the active language."""
    return formats.date_format(date, _DAYS[languages.current().code])


def place_of(call: Call, language: str) -> str:
    """What people call the zone: the organiser's word, else the last part of its name."""
    return pick(call.place, language) or call.zone.rpartition("/")[2].replace("_", " ")
