"""A worker is killed again and again while it sends: nothing is lost, little comes twice."""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.outbox.server import MailServer

pytestmark = pytest.mark.slow

MAILS, KILLS = 300, 8
QUEUE = """
from stocktaking.console.start import start_django
start_django()
from stocktaking.kernel import clock
from stocktaking.outbox.operations import queue_foreign
for number in range({mails}):
    queue_foreign(to=f"reader{{number}}@example.org", subject="News", text="Hello", language="en",
                  at=clock.now())
"""
# what a dead worker held is taken up when its lease has ended
FINISH = """
from stocktaking.console.start import start_django
start_django()
from stocktaking.kernel import clock
from stocktaking.outbox.models import Attempt, Message
from stocktaking.outbox.operations import deliver_due
from stocktaking.outbox.operations.claims import LEASE
deliver_due(at=clock.now() + 2 * LEASE)
print(Message.objects.filter(state="sent").count(), Message.objects.count(),
      Attempt.objects.filter(outcome="").count())
"""


@pytest.fixture
def program(tmp_path: Path, server: MailServer) -> Callable[..., subprocess.Popen[str]]:
    """Starts a process of an installation of its own, whose mail goes to the test's server."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "PYTEST_", "STOCKTAKING_"))
    }
    environment = kept | {
        "STOCKTAKING_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "EMAIL_URL": f"smtp://{server.host}:{server.port}",
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True
        )

    return start


def done(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said


@contextmanager
def running(process: subprocess.Popen[str]) -> Iterator[None]:
    """Killed at the end of the block, without a chance to put anything in order."""
    try:
        yield
    finally:
        process.kill()
        process.communicate(timeout=20)


def test_killed_worker_loses_nothing_and_repeats_at_most_once(
    server: MailServer, program: Callable[..., subprocess.Popen[str]]
) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    cli = ("-c", "from stocktaking.console.main import main; main()")
    done(program(*cli, "manage", "migrate", "--verbosity", "0"))
    done(program("-c", QUEUE.format(mails=MAILS)))
    moments = sorted(chance.sample(range(1, MAILS - 20), KILLS))
    for moment in moments:
        with running(worker := program(*cli, "worker", "--no-tick")):
            server.handler.wait_for(moment, alive=lambda worker=worker: worker.poll() is None)
    sent, in_all, running_tries = done(program("-c", FINISH)).split()
    assert (int(sent), int(in_all), int(running_tries)) == (MAILS, MAILS, 0), seed
    taken = Counter(str(mail["Message-ID"]) for mail in server.taken)
    assert len(taken) == MAILS, seed  # nothing is lost
    assert sum(taken.values()) - MAILS <= KILLS, seed
    assert max(taken.values()) <= 2, seed
