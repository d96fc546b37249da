"""When a call is open, for everybody and for one person."""

import datetime as dt

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Allowance, Call
from stocktaking.calls.rules.window import Verdict, Window, verdict
from stocktaking.calls.states import CallState


def window_of(call: Call) -> Window:
    return Window(
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        zone=call.zone,
        anywhere=call.anywhere_on_earth,
        grace=dt.timedelta(minutes=call.grace_minutes),
    )


def allowed_until(call: Call, person: Person | None) -> dt.datetime | None:
    """Until when one person may reply, if later than others. One SQL query."""
    if person is None:
        return None
    found = Allowance.objects.filter(call=call, person=person).values_list("until", flat=True)
    return found.first()


def verdict_for(call: Call, at: dt.datetime, person: Person | None = None) -> Verdict:
    """Whether the call takes what arrives at a moment, here from one person.

    One SQL query where the announced end has passed, else none.
    """
    if call.state != CallState.PUBLISHED:
        return Verdict.CLOSED if call.state == CallState.CANCELLED else Verdict.NOT_YET
    window = window_of(call)
    found = verdict(window, at)
    if found is Verdict.CLOSED:
        return verdict(window, at, allowed_until(call, person))
    return found
