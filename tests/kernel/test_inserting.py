"""Rows inserted without objects."""

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import AT

from stocktaking.history.models import HistoryRecord, IdempotencyRecord
from stocktaking.kernel.inserting import insert_rows, next_keys

pytestmark = pytest.mark.django_db

NAMES = ("verb", "object_type", "object_id", "actor_id", "at", "detail")


def test_rows_come_back_as_they_went_in():
    detail = {"letters": "é 字 😀", "list": [1, None, True]}
    tricky = 'tab\there, back\\slash\\N, "quotes"\nand a line'
    insert_rows(HistoryRecord, NAMES, [(tricky[:60], "", "1", None, AT, detail)])
    [row] = HistoryRecord.objects.all()
    assert (row.verb, row.object_type, row.actor_id) == (tricky[:60], "", None)
    assert (row.at, row.detail) == (AT, detail)
    insert_rows(HistoryRecord, NAMES, [])
    assert HistoryRecord.objects.count() == 1


def test_twice_the_same_is_refused_as_ever():
    names = ("key", "actor_id", "scope", "fingerprint", "answer", "at")
    row = ("k", 0, "s", "f", None, AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(IdempotencyRecord, names, [row, row])
    assert not IdempotencyRecord.objects.exists()


def test_next_keys_are_given_out_once():
    first = next_keys(HistoryRecord, 3)
    assert len(set(first)) == 3
    insert_rows(HistoryRecord, ("id", *NAMES), [(n, "v", "", "1", None, AT, {}) for n in first])
    [after] = next_keys(HistoryRecord, 1)
    assert after > max(first)
    # the database goes on behind them by itself
    made = HistoryRecord.objects.create(verb="v", object_type="", object_id="1", at=AT)
    assert made.pk > max(first)
    made.delete()
    assert next_keys(HistoryRecord, 1)[0] > max(first) + 1
