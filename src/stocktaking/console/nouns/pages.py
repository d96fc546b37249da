"""``stocktaking pages``: the site's own texts."""

import click

from stocktaking.kernel import clock
from stocktaking.pages.operations import load_pages


@click.group()
def group() -> None:
    """The site's own texts: about, method, privacy, accessibility."""


@group.command()
def load() -> None:
    """Bring in the texts that the package ships; what the operator rewrote stays."""
    click.echo(load_pages(by=None, at=clock.now()))
