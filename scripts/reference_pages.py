"""Write the pages of docs/reference that are read from the code; tests hold them to it.

python scripts/reference_pages.py
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from stocktaking.accounts.rules.roles import GRANTS, STAFF_ROLES, Capability, Role
from stocktaking.console.main import cli
from stocktaking.console.start import start_django

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
WRITTEN = "*This page is written by `scripts/reference_pages.py` from the code.*\n"


def commands() -> str:
    """The help text of every command."""
    parts = ["# Commands\n", WRITTEN]
    parts.append(
        "`stocktaking <noun> <verb>`. A broken rule is told on standard error, with exit status 1;"
        " a command that cannot be understood ends with 2.\n"
    )
    whole = click.Context(cli, info_name="stocktaking", **cli.context_settings)
    for path, command, context in every_command(cli, whole):
        parts.append(f"{'#' * min(len(path) + 1, 4)} {' '.join(path)}\n")
        parts.append(f"```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def every_command(
    command: click.Command, context: click.Context
) -> Iterator[tuple[list[str], click.Command, click.Context]]:
    command._help_option = None  # it may be kept from another context, with other names
    context.terminal_width = context.max_content_width = 96
    yield context.command_path.split(), command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                below = click.Context(
                    inner, info_name=name, parent=context, **inner.context_settings
                )
                yield from every_command(inner, below)


def roles() -> str:
    """The permission table."""
    heads = [role.value.replace("_", " ") for role in Role]
    lines = [
        "# Roles and what they may do\n",
        WRITTEN,
        "A person may hold several roles. The role of organisation editor is held in one"
        " organisation; the staff roles (" + ", ".join(role.value for role in STAFF_ROLES) + ")"
        " are held for the whole site, coordinators and facilitators for a country, region or line,"
        " and ask for a second factor.\n",
        "| capability | " + " | ".join(heads) + " |",
        "| --- |" + " :---: |" * len(heads),
    ]
    for capability in Capability:
        marks = ["yes" if capability in GRANTS[role] else "" for role in Role]
        lines.append(f"| {capability.value.replace('_', ' ')} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def addresses() -> str:
    """Every address with the capability it needs."""
    lines = [
        "# Addresses\n",
        WRITTEN,
        "`<lang>` is one of `ar zh en fr ru es`. The last column names the capability that the"
        " page needs, see [roles](roles.md). An address that was published stays: it may forward,"
        " it does not vanish.\n",
        "| address | name | needs |",
        "| --- | --- | --- |",
    ]
    with translation.override("en"):
        for address, pattern in every_address(get_resolver()):
            needs = getattr(pattern.callback, "capability", None)
            shown = needs.value.replace("_", " ") if needs else "nothing"
            lines.append(f"| `{address}` | {pattern.name or ''} | {shown} |")
    return "\n".join(lines) + "\n"


def every_address(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Each pattern with its whole address, in the order in which they are tried."""
    for pattern in resolver.url_patterns:
        own = str(pattern.pattern).lstrip("^").rstrip("$").replace("\\", "")
        address = before + ("<lang>/" if own == "en/" else own)
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern, address)
        else:
            yield address, pattern


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "roles.md": roles,
    "addresses.md": addresses,
}


def main() -> int:
    start_django()
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
