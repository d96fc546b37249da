import threading

import pytest
from django.db import connection, connections, transaction

from stocktaking.kernel.turns import take_turn


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_taken_by_one_transaction_after_another():
    if connection.vendor != "postgresql":
        take_turn("imports")  # writers queue there anyway
        return
    order: list[str] = []
    held, done = threading.Event(), threading.Event()

    def second():
        held.wait(10)
        with transaction.atomic():
            take_turn("something else")  # nobody holds that one
            order.append("other")
            done.set()
            take_turn("imports")
            order.append("second")
        connections.close_all()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        take_turn("imports")
        held.set()
        assert done.wait(10)
        thread.join(0.3)  # it waits
        order.append("first")
    thread.join(10)
    assert order == ["other", "first", "second"]
