"""A worker process dies without a word, and another goes on where it stopped."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.db import connection

from stocktaking.jobs import operations, queries
from stocktaking.jobs.states import JobState
from stocktaking.kernel import clock

WORKER = """
import sys, threading, time
import django
django.setup()
from stocktaking.jobs import operations, registry

@registry.kind("count")
def count(run):
    for step in range(run.cursor.get("next", 0), 1000):
        run.progress(step + 1, 1000, cursor={"next": step + 1})
        print(step + 1, flush=True)
        time.sleep(0.01)

operations.work(threading.Event())
"""


def address() -> str:
    """The suite's database as another process is told of it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    where = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    return f"postgresql://{known['USER']}:{quote(known['PASSWORD'])}@{where}/{known['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_killed_worker_is_followed_by_another(kinds, tmp_path):
    steps = []

    @kinds.kind("count")
    def count(run):
        for step in range(run.cursor.get("next", 0), 1000):
            steps.append(step)
        run.progress(1000, cursor={"next": 1000})
        stop.set()

    job = operations.start_job(kind="count", by=None, at=clock.now())
    environment = {
        **os.environ,
        "DATABASE_URL": address(),
        "STOCKTAKING_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "stocktaking.config.settings",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        reached = [int(worker.stdout.readline()) for _ in range(20)][-1]
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    view = queries.job(job.pk)
    assert view.state is JobState.RUNNING
    assert reached <= view.done < 1000

    stop = threading.Event()
    operations.work(stop, at_clock=lambda: clock.now() + dt.timedelta(seconds=61))
    view = queries.job(job.pk)
    assert (view.state, view.runs) == (JobState.DONE, 2)
    assert reached <= steps[0] <= reached + 1
    assert steps[-1] == 999
