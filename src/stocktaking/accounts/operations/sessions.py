"""Sessions of people whose account ends."""

import datetime as dt

from django.contrib.sessions.models import Session


def end_sessions(number: int, at: dt.datetime) -> None:
    """End every session of an account, also where the account itself is gone.

    A session names the address that the code was sent to, so it has to go as well.
    """
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        if session.get_decoded().get("_auth_user_id") == str(number):
            session.delete()
