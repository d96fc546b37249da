"""What the processes do that tests start: ``python -m tests.search.process <verb>``.

The database and the data folder come from the environment.
"""

import random
import sys
import threading
import time

import django

django.setup()

from django.db import transaction  # noqa: E402
from tests.factories.search import Logbook  # noqa: E402

from stocktaking.kernel import clock  # noqa: E402
from stocktaking.search import operations, queries, registry  # noqa: E402
from stocktaking.search.rules.values import Query  # noqa: E402


def write(seconds: float) -> None:
    """Change documents in pairs and index them, over and over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number = random.randrange(20)
        with transaction.atomic():
            keys = [f"left{number}", f"right{number}"]
            operations.note_change(kind=Logbook.kind, keys=keys, at=clock.now())
        operations.catch_up()
        print("wrote", flush=True)


def read(seconds: float) -> None:
    """Look at the index and tell what is never allowed: half a change, or an older one."""
    until = time.monotonic() + seconds
    version = looks = 0
    while time.monotonic() < until:
        answer = queries.answer(Query(kind=Logbook.kind, size=100), facets=("times",))
        if "index_building" in answer.problems:
            continue
        halves = sum(answer.facets["times"].values()) % 2
        if answer.data_version < version or halves or answer.total != len(answer.hits):
            sys.exit(f"inconsistent: {answer}")
        version = answer.data_version
        looks += 1
    print(f"looked {looks} times", flush=True)


def follow(seconds: float) -> None:
    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    print("follows", flush=True)
    operations.follow(stop)


if __name__ == "__main__":
    registry._providers.clear()
    registry.provide(Logbook())
    {"write": write, "read": read, "follow": follow}[sys.argv[1]](float(sys.argv[2]))
