"""``stocktaking entries profile``: mapping profiles, as the files that they are."""

from pathlib import Path

import click

from stocktaking.intake.operations.imports import read_profile
from stocktaking.intake.queries import imports as queries
from stocktaking.intake.rules.profiles.documents import write
from stocktaking.intake.rules.profiles.guessing import guess as guessed
from stocktaking.intake.rules.profiles.reach import unread
from stocktaking.kernel.reading import look

_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group()
def profile() -> None:
    """Mapping profiles: how the columns of a file become entries."""


@profile.command("list")
def list_() -> None:
    """The newest version of each profile: name, version, title."""
    for view in queries.profiles():
        title = view.title.get("en") or next(iter(view.title.values()), "")
        shipped = " (shipped)" if view.shipped else ""
        click.echo(f"{view.slug:<24} {view.version:>3}  {title}{shipped}")


@profile.command()
@click.argument("name")
def show(name: str) -> None:
    """Write the profile NAME to the standard output, as a file to keep and change."""
    for view in queries.profiles():
        if view.slug == name:
            click.echo(view.text, nl=False)
            return
    raise click.ClickException(f"there is no profile {name!r}")


@profile.command()
@click.argument("file", type=_FILE)
def guess(file: Path) -> None:
    """Propose a profile for FILE by the names of its columns: to be read and corrected."""
    click.echo(write(guessed(look(file), queries.framework())), nl=False)


@profile.command()
@click.argument("file", type=_FILE)
@click.option("--against", metavar="DATA", type=_FILE, help="Say what of DATA no rule reads.")
def check(file: Path, against: Path | None) -> None:
    """Say whether the profile FILE can be used with the framework of this register."""
    try:
        found = read_profile(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8") from error
    if against is not None:
        for column in unread(found, look(against, found.reading).columns):
            click.echo(f"no rule reads: {column}")
    click.echo(f"{found.slug} version {found.version} can be used")
