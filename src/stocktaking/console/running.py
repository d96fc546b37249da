"""Doing the job of an import in this process, and telling how far it is."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from stocktaking.intake.operations.imports import cancel_batch
from stocktaking.intake.queries.imports import BatchView, batch
from stocktaking.intake.states import BatchState
from stocktaking.jobs.operations import run_job
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.search.operations import catch_up

LOOK_EVERY = 0.5  # seconds between two looks at a job that another process does
INTERRUPTED = 130  # exit status, as shells tell it

Watch = Callable[[int, int | None], None]


def work_on(number: int, label: str) -> BatchView:
    """Do the job of an import to its end. Where another process has it, wait for that one.

    A job whose process was killed is taken over at once. Ctrl-C stops the import behind the
    chunk that is being done; the second time it stops everything.
    """
    stop = threading.Event()
    with until_stopped(stop), progress_bar(label) as watch:
        while (view := _seen(number)).open and view.job is not None:
            if run_job(job_id=view.job.id, at_clock=clock.now, stopping=stop.is_set, watch=watch):
                if stop.is_set():
                    break
                continue
            watch(view.job.done, view.job.total)
            if stop.wait(LOOK_EVERY):
                break
    view = _seen(number)
    if stop.is_set() and view.open:
        view = _stopped(view)
    return view


def _stopped(view: BatchView) -> BatchView:
    """Nobody goes on with it by himself; undoing it is not stopped half-way for good."""
    try:
        cancel_batch(number=view.number, by=None, at=clock.now())
    except RuleBroken:  # it came to its end in this moment, or it is an undoing
        return _seen(view.number)
    while (view := _seen(view.number)).open:
        time.sleep(LOOK_EVERY)
    return view


def ended_well(view: BatchView) -> None:
    """Say what stopped an import that is not done, and end with a status that tells."""
    if view.state in (BatchState.DONE, BatchState.UNDONE):
        return
    if view.state is BatchState.FAILED:
        click.echo(f"Error: import {view.number} failed: {view.message}", err=True)
        sys.exit(1)
    click.echo(f"import {view.number} stopped behind record {view.position}", err=True)
    sys.exit(INTERRUPTED)


def index_changes() -> None:
    """Take what has changed into the search index of this node."""
    with progress_bar("Indexing") as watch:
        catch_up(progress=watch)


def _seen(number: int) -> BatchView:
    view = batch(number)
    if view is None:
        raise click.ClickException(f"there is no import {number}")
    return view


@contextmanager
def until_stopped(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C, or a polite end of the process, sets ``stop``."""

    def heard(number: int, _frame: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    wanted = (signal.SIGINT, signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, heard) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress_bar(label: str) -> Iterator[Watch]:
    """A bar on a terminal; nothing where the output goes to a file or another program."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:
        known: list[int] = []

        def watch(done: int, total: int | None) -> None:
            if total:
                known[:] = [total]
            if known:
                bar.length = max(known[0], 1)
                bar.update(min(done, bar.length) - bar.pos)

        yield watch
