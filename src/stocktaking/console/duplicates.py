"""``stocktaking entries duplicates``: look for entries that are there twice, and list them."""

import sys
import threading

import click

from stocktaking.console.running import INTERRUPTED, progress_bar, until_stopped
from stocktaking.intake.operations import ask_for_duplicates
from stocktaking.intake.queries.duplicates import families, pairs
from stocktaking.intake.states import PairState
from stocktaking.jobs.operations import request_cancel, run_job
from stocktaking.jobs.queries import JobView, job
from stocktaking.jobs.states import JobState
from stocktaking.kernel import clock

LOOK_EVERY = 0.5  # seconds between two looks at a job that another process does


@click.command("duplicates")
@click.option(
    "--list",
    "only_list",
    is_flag=True,
    help="List what was found last time; look through nothing.",
)
@click.option(
    "--most",
    type=click.IntRange(0, 10_000),
    default=20,
    show_default=True,
    help="List so many pairs at most, the most alike first.",
)
def duplicates(only_list: bool, most: int) -> None:
    """Look for entries that tell of one project, and list pairs to decide about.

    Nothing is merged: somebody decides at the desk. Ctrl-C stops it; what was found stays.
    """
    if not only_list:
        _look()
    found = pairs(PairState.OPEN, language="en", size=max(most, 1))
    for pair in found.rows[:most]:
        why = ", ".join(pair.row.why)
        click.echo(f"{pair.row.score:3}  {pair.stays.number}  {pair.goes.number}  {why}")
        click.echo(f"     {pair.stays.title}")
        click.echo(f"     {pair.goes.title}")
    series = families(most=0)[1]
    click.echo(f"pairs {found.total}, series {series}")


def _look() -> None:
    number = ask_for_duplicates(by=None, at=clock.now()).pk
    stop = threading.Event()
    with until_stopped(stop), progress_bar("Comparing") as watch:
        while (view := _seen(number)).open:
            if run_job(job_id=number, at_clock=clock.now, stopping=stop.is_set, watch=watch):
                if stop.is_set():
                    break
                continue
            watch(view.done, view.total)
            if stop.wait(LOOK_EVERY):
                break
    if stop.is_set() and _seen(number).open:
        request_cancel(job_id=number, by=None, at=clock.now())
        click.echo("stopped", err=True)
        sys.exit(INTERRUPTED)
    view = _seen(number)
    if view.state is JobState.FAILED:
        raise click.ClickException(view.message)


def _seen(number: int) -> JobView:
    view = job(number)
    if view is None:
        raise click.ClickException(f"there is no job {number}")
    return view
