"""When a mail that could not be handed over is tried again, and when nobody tries any more."""

import datetime as dt

from stocktaking.outbox.states import Category

_WAITS = tuple(
    dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 8 * 60, *([8 * 60] * 7))
)
# a code for signing in that arrives hours later only confuses
_WAITS_FOR_CODES = _WAITS[:4]


def wait_after(failed: int, category: Category) -> dt.timedelta | None:
    """How long to wait after this many failed tries in a row; None: it has failed for good.

    Three days in all, and an hour and a half for mails about the account.
    """
    waits = _WAITS_FOR_CODES if category is Category.ACCOUNT else _WAITS
    return waits[failed - 1] if failed <= len(waits) else None
