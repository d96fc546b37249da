"""The web server and its companion, the worker process."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from stocktaking.kernel.errors import RuleBroken

APPLICATION = "stocktaking.config.wsgi:application"


# Threads mostly wait: for the database, for the disk.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def require_free(host: str, port: int) -> None:
    """Refuse an address on which something listens already, or that is not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, proto=6)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise RuleBroken(
            "address_taken",
            "Cannot listen on %(host)s, port %(port)s (%(why)s). Choose another with --port.",
            host=host,
            port=port,
            why=error.strerror or error,
        ) from error


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
