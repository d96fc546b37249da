"""Doing once what is asked twice."""

import datetime as dt
import threading

import pytest
from django.db import connections
from tests.factories.accounts import person

from stocktaking.history.models import HistoryRecord, IdempotencyRecord
from stocktaking.history.operations import forget_answers, once
from stocktaking.kernel.errors import RuleBroken

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def act(key="k1", actor=None, scope="entry_new", content="a=1", answer=None):
    """One request that appends a record; what it answered and whether it acted."""
    with once(key=key, actor=actor, scope=scope, fingerprint=content, at=AT) as claim:
        if claim.replayed:
            return claim.answer, False
        made = HistoryRecord.objects.create(at=AT, verb="v", object_type="t", object_id="1")
        answer = answer or {"number": made.pk}
        claim.keep(answer)
        return answer, True


@pytest.mark.django_db
def test_once_acts_the_first_time_and_answers_again():
    first, acted = act()
    again, acted_again = act()
    assert (acted, acted_again) == (True, False)
    assert again == first
    assert HistoryRecord.objects.count() == 1


@pytest.mark.django_db
def test_once_refuses_the_same_key_with_other_content():
    act()
    with pytest.raises(RuleBroken) as caught:
        act(content="a=2")
    assert caught.value.code == "idempotency_conflict"
    assert HistoryRecord.objects.count() == 1


@pytest.mark.django_db
def test_once_keeps_keys_apart_by_person_and_by_act():
    somebody = person()
    HistoryRecord.objects.all().delete()
    outcomes = [act(), act(actor=somebody), act(scope="other"), act(key="k2")]
    assert all(acted for _, acted in outcomes)
    assert HistoryRecord.objects.count() == 4


@pytest.mark.django_db
def test_once_frees_the_key_after_an_error():
    def fail():
        with once(key="k1", actor=None, scope="s", fingerprint="", at=AT):
            HistoryRecord.objects.create(at=AT, verb="v", object_type="t", object_id="1")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not HistoryRecord.objects.exists()
    assert act(scope="s", content="")[1]


@pytest.mark.django_db
def test_once_frees_the_key_where_no_answer_was_kept():
    with once(key="k1", actor=None, scope="s", fingerprint="a", at=AT) as claim:
        assert not claim.replayed
    assert not IdempotencyRecord.objects.exists()
    assert act(scope="s", content="corrected")[1]


@pytest.mark.django_db
def test_once_refuses_while_the_first_is_running():
    IdempotencyRecord.objects.create(key="k1", scope="s", fingerprint="", at=AT)
    with once(key="k2", actor=None, scope="s", fingerprint="a", at=AT) as claim:
        claim.keep({})
    digest = IdempotencyRecord.objects.get(key="k2").fingerprint
    IdempotencyRecord.objects.filter(key="k1").update(fingerprint=digest)
    with pytest.raises(RuleBroken) as caught:
        act(scope="s", content="a")
    assert caught.value.code == "idempotency_running"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 101, "a\x00b", "clé", "a\nb"])
def test_once_refuses_keys_that_are_none(key):
    with pytest.raises(RuleBroken) as caught:
        act(key=key)
    assert caught.value.code == "idempotency_key_malformed"


@pytest.mark.django_db
def test_forget_answers_deletes_the_old_ones_only():
    act()
    assert forget_answers(before=AT) == 0
    assert forget_answers(before=AT + dt.timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_once_among_requests_at_the_same_moment_acts_once():
    """SQLite queues its writers, PostgreSQL holds them at the unique constraint."""
    outcomes: list[tuple[dict, bool]] = []
    ready = threading.Barrier(4)

    def request():
        try:
            ready.wait()
            outcomes.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=request) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(acted for _, acted in outcomes) == [False, False, False, True]
    assert len({answer["number"] for answer, _ in outcomes}) == 1
    assert HistoryRecord.objects.count() == 1
