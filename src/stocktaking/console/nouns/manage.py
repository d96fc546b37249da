"""``stocktaking manage``: Django's own commands (migrate, check, shell ...)."""

import click
from django.core.management import execute_from_command_line


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    },
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as migrate or check."""
    execute_from_command_line(["stocktaking manage", *arguments])
