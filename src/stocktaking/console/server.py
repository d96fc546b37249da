"""The web server and its companion, the worker process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

APPLICATION = "stocktaking.config.wsgi:application"


# Threads mostly wait: for the database, for the disk.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def serve(*, host: str, port: int, workers: int = 1, threads: int = THREADS) -> None:
    """Answer requests until the process is told to stop (SIGINT, SIGTERM)."""
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        workers_kill_timeout=15,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker process for as long as the block lasts, stopped gracefully after it."""
    program = "from stocktaking.console.main import main; main()"
    process = subprocess.Popen([sys.executable, "-c", program, "worker"])  # noqa: S603 - ours
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
