"""``stocktaking entries``: what is done with entries as a whole."""

import datetime as dt

import click

from stocktaking.console.duplicates import duplicates
from stocktaking.console.exporting import export
from stocktaking.console.importing import import_, imports, undo
from stocktaking.console.profiles import profile
from stocktaking.intake.operations.asking import OLDER_THAN, ask_confirmation
from stocktaking.kernel import clock


@click.group()
def group() -> None:
    """Entries as a whole."""


group.add_command(duplicates)
group.add_command(export)
group.add_command(import_)
group.add_command(imports)
group.add_command(profile)
group.add_command(undo)


@group.command("ask-confirmation")
@click.option(
    "--older-than",
    metavar="DAYS",
    type=click.IntRange(1, 10_000),
    default=OLDER_THAN,
    show_default=True,
    help="Ask about entries neither confirmed nor published within so many days.",
)
@click.option("--dry-run", is_flag=True, help="Count only; write to nobody.")
@click.option(
    "--at",
    "day",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As if it were that day.",
)
def ask(older_than: int, dry_run: bool, day: dt.datetime | None) -> None:
    """Ask everybody who acts for an organisation whether its entries are still correct.

    One mail to each person with a link for each entry; an address is asked once a year.
    """
    at = day.replace(tzinfo=dt.UTC) if day else clock.now()
    outcome = ask_confirmation(older_than=older_than, dry_run=dry_run, by=None, at=at)
    click.echo(f"would send: {outcome}" if dry_run else str(outcome))
