"""Reading the change log: only rows that no running transaction can still put others before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q, QuerySet

from stocktaking.search.engine.schema import State
from stocktaking.search.models import Change


@dataclass(frozen=True)
class Batch:
    """Changes to take in, and the state of an index that has taken them in."""

    changes: Sequence[Change]
    state: State


def head() -> State:
    """The state of an index that is built from the database as it is now."""
    horizon, own = _horizon()
    rows = Change.objects.all()
    if horizon:
        rows = rows.filter(Q(transaction__lt=horizon) | Q(transaction=own))
    newest = rows.order_by("-id").first()
    return State(
        position=horizon,
        last_id=newest.id if newest else 0,
        last_at=newest.at.isoformat() if newest else "",
        version=version_of(newest.id if newest else 0),
        database=database(),
    )


def waiting(state: State) -> bool:
    """Whether there is something to take in; one cheap look."""
    horizon, own = _horizon()
    return _after(state, horizon, own).exists()


def batch(state: State) -> Batch:
    """What an index in this state has not taken in yet."""
    horizon, own = _horizon()
    changes = list(_after(state, horizon, own).order_by("id"))
    if not changes:
        return Batch((), state)
    newest = max(changes, key=lambda change: change.id)
    after = replace(state, position=horizon, version=state.version + 1)
    if newest.id > state.last_id:
        after = replace(
            after,
            last_id=newest.id,
            last_at=newest.at.isoformat(),
            version=max(after.version, version_of(newest.id)),
        )
    return Batch(changes, after)


def version_of(last_id: int) -> int:
    """The version of an index that has taken in this row; late rows count on from there."""
    return last_id << 10


def follows(state: State) -> bool:
    """Whether an index in this state grew from this database: a restored or a fresh one may
    hold other changes under the same numbers, and an index of those must be built anew."""
    if state.database != database():
        return False
    if not state.last_id:
        return True
    last = Change.objects.filter(id=state.last_id).first()
    return last is not None and last.at.isoformat() == state.last_at


def _after(state: State, horizon: int, own: int) -> QuerySet[Change]:
    if not horizon:  # SQLite: writers queue, so ids are committed in order
        return Change.objects.filter(id__gt=state.last_id)
    settled = Q(transaction__gte=state.position, transaction__lt=horizon)
    return Change.objects.filter(settled | Q(transaction=own, id__gt=state.last_id))


def _horizon() -> tuple[int, int]:
    """The oldest transaction still running, and our own one (-1 for none).

    A caller inside a transaction sees its own rows too. (0, -1) where ids suffice.
    """
    if connection.vendor != "postgresql":
        return 0, -1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " coalesce(pg_current_xact_id_if_assigned()::text::bigint, -1)"
        )
        horizon, own = cursor.fetchone()
    return int(horizon), int(own)


def database() -> str:
    """Which database this is; numbers of transactions start anew in a restored one."""
    if connection.vendor != "postgresql":
        return connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN has_function_privilege('pg_control_system()', 'execute')"
            " THEN (SELECT system_identifier::text FROM pg_control_system()) ELSE '' END,"
            " (SELECT oid::text FROM pg_database WHERE datname = current_database())"
        )
        return "postgresql-" + "-".join(cursor.fetchone())
