"""One transaction of a kind after another, across processes."""

from hashlib import blake2b

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until no other transaction that took this turn is open; ends with one's own.

    Must be asked inside a transaction. PostgreSQL keeps the turn as an advisory lock, which
    also holds behind a pool of connections; SQLite lets writers in one by one anyway.
    """
    if connection.vendor != "postgresql":
        return
    key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
