"""``stocktaking worker``: background work, mail, the index, and periodic work."""

import signal
import threading
from collections.abc import Callable

import click
from django.db import connection

from stocktaking.console.periodic import tick_until
from stocktaking.jobs.operations import work
from stocktaking.outbox.operations import deliver
from stocktaking.search.operations import follow

Loop = Callable[[threading.Event], object]


@click.command()
@click.option("--tick/--no-tick", default=True, help="Also do the periodic work, every hour.")
def command(tick: bool) -> None:
    """Run jobs, send mail and keep the search index up to date until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    loops: list[Loop] = [work, deliver, follow, *([tick_until] if tick else [])]
    failed = run_together(loops, stop)
    if failed:
        raise click.ClickException(f"stopped: {failed[0]!r}")


def run_together(loops: list[Loop], stop: threading.Event) -> list[BaseException]:
    """Run each loop in a thread until ``stop``; one that fails stops all. Returns failures."""
    failures: list[BaseException] = []

    def guarded(loop: Loop) -> None:
        try:
            loop(stop)
        except BaseException as failure:  # told by the caller, in the main thread
            failures.append(failure)
        finally:
            stop.set()
            connection.close()

    threads = [threading.Thread(target=guarded, args=(loop,)) for loop in loops]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():  # a join without a timeout would hold signals back
            thread.join(timeout=0.5)
    return failures
