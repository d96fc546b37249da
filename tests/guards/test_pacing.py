"""Counting acts in the database."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from stocktaking.guards.models import RequestPace
from stocktaking.guards.operations import TooMany, forget_paces, take

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def taken(times: int, *, key: str = "a", scope: str = "test", at: dt.datetime = AT) -> int:
    """How many of these tries are let through."""
    through = 0
    for _ in range(times):
        try:
            take(scope=scope, key=key, most=5, every=HOUR, at=at)
        except TooMany:
            continue
        through += 1
    return through


@pytest.mark.django_db
def test_take_lets_through_most_and_says_when_there_is_more():
    assert taken(5) == 5
    with pytest.raises(TooMany) as refused:
        take(scope="test", key="a", most=5, every=HOUR, at=AT)
    assert refused.value.code == "too_many"
    assert refused.value.retry_after == 12 * 60
    soon = AT + dt.timedelta(seconds=refused.value.retry_after)
    assert taken(3, at=soon - dt.timedelta(seconds=1)) == 0
    assert taken(3, at=soon) == 1
    assert taken(9, at=AT + 3 * HOUR) == 5


@pytest.mark.django_db
def test_take_counts_each_key_and_each_scope_alone():
    assert (taken(9), taken(9, key="b"), taken(9, scope="other")) == (5, 5, 5)


@pytest.mark.django_db
def test_take_is_not_made_longer_by_insisting():
    assert taken(200) == 5
    assert taken(1, at=AT + dt.timedelta(minutes=12)) == 1


@pytest.mark.django_db
def test_take_keeps_no_address(settings):
    take(scope="test", key="203.0.113.77/32", most=5, every=HOUR, at=AT)
    row = RequestPace.objects.get()
    assert "203" not in row.key[:3] + str(row)
    assert len(row.key) == 64
    settings.SECRET_KEY = "another installation"
    take(scope="test", key="203.0.113.77/32", most=5, every=HOUR, at=AT)
    assert RequestPace.objects.count() == 2


@pytest.mark.django_db
def test_take_survives_a_clock_that_goes_back():
    taken(5)
    assert taken(2, at=AT - HOUR) == 0
    assert taken(5, at=AT + 2 * HOUR) == 5


@pytest.mark.django_db
def test_take_works_within_a_transaction():
    with transaction.atomic():
        assert taken(9) == 5
        assert RequestPace.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_take_at_the_same_time_lets_through_no_more():
    through: list[int] = []
    start = threading.Barrier(8)

    def hurry() -> None:
        try:
            start.wait()
            through.append(taken(10))
        finally:
            connection.close()

    threads = [threading.Thread(target=hurry) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(through) == 8
    assert sum(through) == 5


@pytest.mark.django_db
def test_forget_paces_removes_what_is_not_ahead():
    taken(1, key="one")
    taken(5, key="five")
    assert forget_paces(before=AT + dt.timedelta(minutes=13)) == 1
    assert taken(2, key="five", at=AT) == 0
    assert forget_paces(before=AT + 2 * HOUR) == 1
