"""``stocktaking <noun> <verb>``: every file in ``nouns`` is one noun."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path
from typing import Any

import click

from stocktaking import __version__
from stocktaking.console import nouns
from stocktaking.console.refusals import told
from stocktaking.console.start import start_django
from stocktaking.kernel.errors import Refused, RulesBroken

# These choose the data folder themselves before Django reads its settings.
BEFORE_DJANGO = frozenset({"demo"})


def choose_folder(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """The data folder wanted on the command line, for the settings to read."""
    if value is not None and not context.resilient_parsing:
        os.environ["STOCKTAKING_DATA_DIR"] = str(value.absolute())


class Nouns(click.Group):
    """Finds ``group`` or ``command`` in a file of ``nouns`` when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name for _, name, _ in pkgutil.iter_modules(nouns.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        if cmd_name not in BEFORE_DJANGO:
            start_django()
        module = importlib.import_module(f"{nouns.__name__}.{cmd_name}")
        found = getattr(module, "group", None) or module.command
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """A refusal becomes a message on stderr and exit status 1."""
        try:
            return super().invoke(ctx)
        except RulesBroken as refused:
            raise click.ClickException("\n".join(map(told, refused.errors))) from refused
        except Refused as refused:
            raise click.ClickException(told(refused)) from refused


@click.command(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stocktaking")
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    callback=choose_folder,
    expose_value=False,
    is_eager=True,
    help="Folder of database, media, index and keys (else STOCKTAKING_DATA_DIR, else ./var).",
)
def cli() -> None:
    """A public register of projects, and everything an organiser does around it."""


def main() -> None:
    """The program ``stocktaking``."""
    try:
        cli()
    except BrokenPipeError:  # the reader (``head``) has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - stays open until the exit
        sys.exit(0)
