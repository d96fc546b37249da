"""An import is killed at random moments and goes on with --resume: it ends as if undisturbed.

The seed is printed by a failing assertion. On both databases: the processes share the suite's.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from tests.factories.entries import framework
from tests.intake.imports.batching import TEXT, row, table
from tests.journeys.killing import PROGRAM, ROOT

from stocktaking.accounts.models import Organisation, OrganisationIdentifier
from stocktaking.entries.models import Entry, ExternalIdentifier, ImportedStatement
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.rules.snapshots import to_json
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.reference import queries as reference
from stocktaking.search.models import Change


def address() -> str:
    """The suite's database as another process is told of it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    where = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    return f"postgresql://{known['USER']}:{quote(known['PASSWORD'])}@{where}/{known['NAME']}"


def data(count: int) -> bytes:
    """Rows that are created, refused, noted, and repeated far apart."""
    made = []
    for n in range(count):
        if n % 97 == 5:
            made.append(row(n, end="soon", owner=f"Nobody {n}"))
        elif n % 89 == 7:
            made.append(row(n // 2, end="2024" if n % 2 else ""))
        else:
            goals = "1; 9" if n % 31 == 0 else "2"
            made.append(row(n, owner=f"Owner {n % 300}", goals=goals, summary="Words. " * (n % 9)))
    return table(made)


class Import:
    """The command in processes of their own, in a data folder of this test."""

    def __init__(self, folder: Path, count: int) -> None:
        folder.mkdir()
        self.file, self.profile = folder / "list.csv", folder / "list.toml"
        self.file.write_bytes(data(count))
        self.profile.write_text(TEXT)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_"))},
            "DATABASE_URL": address(),
            "STOCKTAKING_DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "stocktaking.config.settings",
        }

    def start(self, *more: str) -> subprocess.Popen[str]:
        command = ["entries", "import", str(self.file), "--profile", str(self.profile), *more]
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *command],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def finish(self, *more: str) -> str:
        process = self.start(*more)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out.splitlines()[-1]


def left() -> dict[str, Any]:
    """All that an import leaves behind; without numbers that count attempts, and moments."""
    codes = dict(ExternalIdentifier.objects.values_list("entry", "value"))
    names = dict(Organisation.objects.values_list("number", "name"))
    numbers = sorted(codes)
    contents = {}
    for start in range(0, len(numbers), 500):
        for number, values in values_of_many(numbers[start : start + 500]).items():
            plain = to_json(values)
            plain["organisation"] = names.get(plain["organisation"])
            contents[codes[number]] = plain
    rows = ImportRow.objects.values_list(
        "place", "title", "verdict", "entry", "version_after", "faults", "notes", "data"
    )
    verbs = ("created", "revised", "withdrawn", "imported", "organisation_registered")
    return {
        "contents": contents,
        "entries": sorted(
            (codes[n], state, version)
            for n, state, version in Entry.objects.values_list("number", "state", "version")
        ),
        "terms": sorted(
            (codes[n], *more)
            for n, *more in Entry.objects.filter(terms__isnull=False).values_list(
                "number", "terms__term__code", "terms__basis"
            )
        ),
        "texts": sorted(
            (codes[n], *more)
            for n, *more in Entry.objects.values_list(
                "number", "texts__language", "texts__title", "texts__summary"
            )
        ),
        "rows": [(place, title, v, codes.get(e), *more) for place, title, v, e, *more in rows],
        "organisations": sorted(names.values()),
        "identifiers": OrganisationIdentifier.objects.count(),
        "statements": ImportedStatement.objects.count(),
        "changes": {codes[int(key)] for key in Change.objects.values_list("key", flat=True)},
        "history": sorted(
            HistoryRecord.objects.filter(verb__in=verbs).values_list("verb", flat=True)
        ),
        "batch": ImportBatch.objects.values(
            "state", "position", "total", "created", "updated", "unchanged", "refused", "noted",
            "unread", "unknown",
        ).get(),
    }  # fmt: skip


def emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)
    framework()
    reference.forget()


def position() -> int:
    found = ImportBatch.objects.values_list("position", flat=True).first()
    return -1 if found is None else found


def run(folder: Path, *, count: int, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    emptied()
    summary = Import(folder / "undisturbed", count).finish()
    undisturbed = left()
    emptied()
    disturbed = Import(folder / "disturbed", count)
    marks = sorted([-1, *(chance.randrange(count - 500) for _ in range(kills - 1))])
    reached = []
    for mark in marks:
        process = disturbed.start("--resume")
        until = time.monotonic() + 120
        while position() < mark and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        # any moment of the start of the program, or of the next chunks
        time.sleep(chance.uniform(0, 2.5 if mark < 0 else 0.4))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        _, told = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), told
        reached.append(position())
    assert any(0 < one < count for one in reached), reached
    assert disturbed.finish("--resume") == summary, f"seed {seed}"
    assert left() == undisturbed, f"seed {seed}"
    # and it is no other import than the one that began
    assert ImportBatch.objects.count() == 1
    assert disturbed.finish() != summary
    assert ImportBatch.objects.first().created == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_import_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    run(tmp_path, count=4000, kills=3, seed=11)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_interrupted_import_stops_behind_a_chunk_and_goes_on(tmp_path: Path) -> None:
    emptied()
    wanted = Import(tmp_path / "interrupted", 6000)
    process = wanted.start()
    until = time.monotonic() + 120
    while position() < 500 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130, told
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.position % 500) == ("cancelled", 0)
    assert f"stopped behind record {batch.position}" in told
    refused = wanted.start()
    _, told = refused.communicate()
    assert (refused.returncode, "--resume" in told) == (2, True)
    assert wanted.finish("--resume").startswith("created ")
    batch.refresh_from_db()
    assert (batch.state, batch.position) == ("done", 6000)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_import_killed_ten_times_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    run(tmp_path, count=12_000, kills=10, seed=13)
