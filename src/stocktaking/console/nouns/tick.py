"""``stocktaking tick``: periodic work, for a timer where no worker does it."""

import click

from stocktaking.console.periodic import tick
from stocktaking.kernel import clock


@click.command()
def command() -> None:
    """Do the periodic work once: remove sessions, links and log rows whose time is over."""
    removed = tick(at=clock.now())
    click.echo("removed " + ", ".join(f"{number} {name}" for name, number in removed.items()))
