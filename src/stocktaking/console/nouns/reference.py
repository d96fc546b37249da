"""``stocktaking reference``: load a framework from a folder, or see what a load would change."""

from collections import Counter
from pathlib import Path

import click

from stocktaking.console.refusals import told
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RulesBroken
from stocktaking.reference.frameworks import WSIS
from stocktaking.reference.operations import Change, LoadSummary, load_framework

SHOWN = 100  # characters of a value

_folder = click.argument("folder", default=WSIS, type=click.Path(path_type=Path))


@click.group()
def group() -> None:
    """Schemes, terms, memberships and crosswalks.

    FOLDER holds framework.json; without one it is the framework that the program brings.
    """


@group.command()
@_folder
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def load(folder: Path, dry_run: bool) -> None:
    """Bring the framework to what the files in FOLDER state."""
    summary = _load(folder, dry_run=dry_run)
    for (kind, what), number in Counter((c.kind, c.what) for c in summary.changes).items():
        click.echo(f"{kind} {what}: {number}")
    click.echo(str(summary))


@group.command()
@_folder
def diff(folder: Path) -> None:
    """Tell every difference between the files in FOLDER and what is loaded."""
    summary = _load(folder, dry_run=True)
    for change in summary.changes:
        _tell(change)
    click.echo(str(summary))


def _load(folder: Path, *, dry_run: bool) -> LoadSummary:
    """The summary; faults go to stderr, each on a line, and end the program with status 1."""
    try:
        return load_framework(folder=folder, by=None, at=clock.now(), dry_run=dry_run)
    except RulesBroken as refused:
        for error in refused.errors:
            click.echo(told(error), err=True)
        click.echo(f"created 0, updated 0, unchanged 0, refused {len(refused.errors)}")
        raise click.exceptions.Exit(1) from refused


def _tell(change: Change) -> None:
    click.echo(f"{change.kind} {change.what} {change.name}")
    for name, (kept, stated) in change.fields.items():
        click.echo(f"    {name}: {_cut(kept)} -> {_cut(stated)}")


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
