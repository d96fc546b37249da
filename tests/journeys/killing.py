"""An installation of a test's own, whose processes are killed without a word."""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

PROGRAM = "from stocktaking.console.main import main; main()"
ROOT = Path(__file__).parents[2]


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a database for an installation: on the server that the suite runs on, and
    dropped in the end; empty where that is SQLite, which stands in the data folder."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    name, parts = f"killed_{secrets.token_hex(6)}", urlsplit(server)
    # the suite's own database need not be there yet
    with psycopg.connect(
        urlunsplit(parts._replace(path="/postgres")), autocommit=True
    ) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class Installation:
    """A data folder, a port, and the processes ``web`` and ``worker`` on them. ``database`` is
    an address; empty: a file in the folder."""

    folder: Path
    port: int
    database: str = ""
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=lambda: {"web": 0, "worker": 0})

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_"))}
        return {
            **kept,
            "STOCKTAKING_DATA_DIR": str(self.folder),
            "STOCKTAKING_BASE_URL": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "stocktaking.config.settings",
        }

    def ask(self, script: str, *arguments: str) -> Any:
        """What another process of this installation prints, as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, name: str) -> None:
        """In a process group of its own, so that its children die with it."""
        command = ["serve", "--port", str(self.port)] if name == "web" else ["worker", "--no-tick"]
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, *command],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.killed[name] += 1

    def wait_until_ready(self) -> None:
        url = f"http://127.0.0.1:{self.port}/readyz"
        for _ in range(600):
            with (
                suppress(urllib.error.URLError, ConnectionError, TimeoutError),
                urllib.request.urlopen(url, timeout=2),
            ):
                return
            if self.running["web"].poll() is not None:
                self.start("web")  # the killed one may hold the port for a moment
            time.sleep(0.1)
        raise RuntimeError((self.folder / "web.log").read_text()[-2000:])

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)


class Killer(threading.Thread):
    """Kills a process at each of ``marks`` (name, amount of work done), a random moment later."""

    def __init__(
        self,
        site: Installation,
        marks: list[tuple[int, str]],
        done: list[Any],
        chance: random.Random,
    ) -> None:
        super().__init__()
        self.site, self.marks, self.done, self.chance = site, sorted(marks), done, chance
        self.over = threading.Event()
        self.failed: list[BaseException] = []

    def run(self) -> None:
        try:
            for amount, name in self.marks:
                while len(self.done) < amount:
                    if self.over.wait(0.02):
                        return
                time.sleep(self.chance.uniform(0, 0.6))
                self.site.kill(name)
                self.site.start(name)
                if name == "web":
                    self.site.wait_until_ready()
        except BaseException as failure:  # told by the test, in its own thread
            self.failed.append(failure)
