"""``stocktaking person``: accounts, roles, and what is held of somebody."""

import json

import click

from stocktaking.accounts import operations
from stocktaking.accounts.models import Person
from stocktaking.accounts.rules import scopes
from stocktaking.accounts.rules.roles import STAFF_ROLES, Role
from stocktaking.kernel import clock

ROLES = click.Choice([role.value for role in STAFF_ROLES])


def as_scope(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> scopes.TermKey | None:
    if text is None:
        return None
    key = scopes.read(text)
    if key is None:
        raise click.BadParameter("write scheme:code, such as country:KE")
    return key


SCOPE = click.option(
    "--for",
    "scope",
    callback=as_scope,
    metavar="SCHEME:CODE",
    help="The country or region of a coordinator (region:AFR), the line of a facilitator.",
)


@click.group()
def group() -> None:
    """Accounts, staff roles, and what is held of a person."""


@group.command()
@click.argument("email")
@click.option("--name", default="", help="As it is shown to other staff.")
def register(email: str, name: str) -> None:
    """Make an account for EMAIL; its owner signs in with a code by mail."""
    operations.register_person(email=email, name=name, by=None, at=clock.now())
    click.echo("created 1, updated 0, unchanged 0, refused 0")


@group.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@SCOPE
def grant(email: str, role: str, scope: scopes.TermKey | None) -> None:
    """Give EMAIL a staff ROLE; the first administrator is made like this."""
    operations.grant_role(
        person=known(email), role=Role(role), scope=scope, by=None, at=clock.now()
    )
    click.echo(f"{email} is {role}")


@group.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@SCOPE
def revoke(email: str, role: str, scope: scopes.TermKey | None) -> None:
    """Take a staff ROLE back from EMAIL; without a scope, for all that it is held for."""
    operations.revoke_role(
        person=known(email), role=Role(role), scope=scope, by=None, at=clock.now()
    )
    click.echo(f"{email} is not {role}")


@group.command()
@click.argument("email")
def export(email: str) -> None:
    """Write all that is held of EMAIL as JSON."""
    data = operations.export_person(person=known(email), by=None, at=clock.now())
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


@group.command()
@click.argument("email")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(email: str, dry_run: bool, yes: bool) -> None:
    """Erase EMAIL: history keeps the number, entries stay without a name."""
    person = known(email)
    if not dry_run:
        if not yes:
            click.confirm(f"Erase person {person.pk}, {email}? It cannot be undone", abort=True)
        operations.erase_person(person=person, by=None, at=clock.now())
    click.echo(f"{'would erase' if dry_run else 'erased'} 1")


def known(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise click.ClickException(f"nobody has the address {email}")
    return person
