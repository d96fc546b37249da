"""Links whose time is over."""

import datetime as dt

from stocktaking.accounts.models import OneTimeLink


def remove_spent_links(*, before: dt.datetime) -> int:
    """Remove sign-in links that expired before a moment; returns how many."""
    return OneTimeLink.objects.filter(expires_at__lt=before).delete()[0]
