"""Several processes at one index: reading while one writes, dying in the middle, losing it."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.factories.search import Logbook, contents

from stocktaking.kernel import clock
from stocktaking.search import operations, queries, registry
from stocktaking.search.rules.values import Query

Start = Callable[..., "subprocess.Popen[str]"]
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture
def logbook(transactional_db: None) -> Iterator[Logbook]:
    before = dict(registry._providers)
    registry._providers.clear()
    logbook = Logbook()
    registry.provide(logbook)
    yield logbook
    registry._providers.clear()
    registry._providers.update(before)


def database_url() -> str:
    """Where the test database is, for another process."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    account = f"{held['USER']}:{held['PASSWORD']}" if held["PASSWORD"] else held["USER"]
    return f"postgresql://{account}@{held['HOST']}:{held['PORT'] or 5432}/{held['NAME']}"


@pytest.fixture
def start(logbook: Logbook, settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts a process of ``tests.search.process`` on this test's database and index."""
    settings.INDEX_DIR = tmp_path / "index"
    started: list[subprocess.Popen[str]] = []
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "stocktaking.config.settings",
        "DATABASE_URL": database_url(),
        "STOCKTAKING_DATA_DIR": str(tmp_path),
    }

    def run(verb: str, seconds: float) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.search.process", verb, str(seconds)],
            cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that must come; a test that waits in vain fails here."""
    for _ in range(2400):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within two minutes")


def note(*keys: str) -> None:
    operations.note_change(kind=Logbook.kind, keys=keys, at=clock.now())


def fresh() -> dict[str, str]:
    """What an index holds that is built from nothing."""
    operations.rebuild()
    return contents()


def followed() -> dict[str, str]:
    """What an index holds that followed the log to its end.

    A change is taken in once no older transaction of the cluster runs: where one that is written
    now is there, so is every other, also of a process that was killed.
    """
    note("last")

    def arrived() -> bool:
        operations.catch_up()
        return "last" in contents()

    until(arrived)
    return contents()


def test_two_processes_read_while_one_writes(start: Start) -> None:
    writer = start("write", 4)
    first_line(writer)
    readers = [start("read", 2), start("read", 2)]

    for process in (*readers, writer):
        told, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint
        assert told
    held = followed()
    assert len(held) > 1
    assert held == fresh()


def test_kill_during_commits_loses_nothing(start: Start) -> None:
    dice = random.Random(7)
    for _ in range(5):
        writer = start("write", 60)
        first_line(writer)
        time.sleep(dice.uniform(0.02, 0.25))
        writer.kill()
        writer.communicate()

    held = followed()
    assert len(held) > 1
    assert held == fresh()


def test_follower_makes_a_commit_visible_to_another_process(start: Start) -> None:
    follower = start("follow", 60)
    first_line(follower)
    until(lambda: queries.answers.snapshot() is not None)

    note("here")

    until(lambda: "here" in contents())
    assert follower.poll() is None


def test_follower_recovers_a_deleted_index(start: Start, settings: Settings) -> None:
    note("here")
    first_line(start("follow", 60))
    until(lambda: "here" in contents())

    shutil.rmtree(settings.INDEX_DIR, ignore_errors=True)

    until(lambda: queries.answer(Query(kind=Logbook.kind)).total == 1)
    note("there")
    until(lambda: set(contents()) == {"here", "there"})
