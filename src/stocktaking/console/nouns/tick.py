"""``stocktaking tick``: periodic work, for a timer where no worker does it."""

import click

from stocktaking.console.periodic import due, remind, tick
from stocktaking.kernel import clock


@click.command()
def command() -> None:
    """Do the periodic work once: what is due now, and removing rows whose time is over."""
    done = due(at=clock.now())
    click.echo(", ".join(f"{number} {name}" for name, number in done.items()))
    written = remind(at=clock.now())
    click.echo(", ".join(f"{number} {name}" for name, number in written.items()))
    removed = tick(at=clock.now())
    click.echo("removed " + ", ".join(f"{number} {name}" for name, number in removed.items()))
