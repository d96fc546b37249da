"""An identity that a provider has stated and nobody has linked yet, kept in the session.

It opens nothing by itself: on a computer that several people use, it may be somebody else's.
Whoever is signed in sees it on the own page and links it there, or forgets it.
"""

import datetime as dt
from dataclasses import asdict

from django.http import HttpRequest

from stocktaking.accounts.operations import Identity

KEY = "pending_identity"
LASTS = dt.timedelta(minutes=15)


def keep(request: HttpRequest, identity: Identity, *, at: dt.datetime) -> None:
    request.session[KEY] = {**asdict(identity), "until": (at + LASTS).isoformat()}


def pending(request: HttpRequest, *, at: dt.datetime) -> Identity | None:
    """The identity that waits, unless it has waited too long."""
    kept = dict(request.session.get(KEY) or {})
    if not kept or dt.datetime.fromisoformat(kept.pop("until")) <= at:
        return None
    return Identity(**kept)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
