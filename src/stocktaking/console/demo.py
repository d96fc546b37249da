"""The steps that fill a demo, each told with what it did and how long it took."""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import DemoAccount, make_demo_accounts
from stocktaking.follow.operations import ask_for_digests
from stocktaking.follow.operations.demo import follow_in_demo
from stocktaking.intake.operations import (
    load_demo_calls,
    load_demo_collections,
    load_demo_entries,
)
from stocktaking.intake.operations.duplicates_sought import ask_now_and_then
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.pages.operations import load_pages
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.search.operations import catch_up

MARK = "demo"  # the file that says: this folder holds a demo


class Steps:
    """Tells each step on one line: its name, its progress where shown, its outcome."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def do(self, name: str, act: Callable[["Steps"], object]) -> None:
        began = time.monotonic()
        self.name = name
        if sys.stdout.isatty():
            click.echo(f"  {name} ...", nl=False)
        outcome = act(self)
        click.echo(f"{self._again()}  {name:<10} {outcome} ({time.monotonic() - began:.1f} s)")

    def progress(self, done: int, total: int | None = None) -> None:
        """Show how far the running step is, on a terminal."""
        if sys.stdout.isatty():
            of = f" of {total}" if total else ""
            click.echo(f"{self._again()}  {self.name} ... {done}{of}", nl=False)

    def _again(self) -> str:
        return "\r\033[K" if sys.stdout.isatty() else ""


def prepare(*, stage: str = "register", reset: bool = False) -> None:
    """Fill the data folder up to ``stage``; what is there already stays."""
    folder: Path = settings.DATA_DIR
    click.echo(f"Preparing the demo in {folder}")
    steps = Steps()
    if reset:
        steps.do("reset", lambda _: remove(folder))
    steps.do("database", lambda _: migrate(folder))
    steps.do("framework", lambda _: load_framework(folder=frameworks.WSIS, by=None, at=clock.now()))
    steps.do("pages", lambda _: load_pages(by=None, at=clock.now()))
    if stage == "register":
        steps.do(
            "entries",
            lambda step: load_demo_entries(by=None, at=clock.now(), progress=step.progress),
        )
    accounts: list[DemoAccount] = []
    steps.do("accounts", lambda _: f"{len(make_accounts(accounts))}, one for each role")
    if stage == "register":
        steps.do("themes", lambda _: load_demo_collections(by=None, at=clock.now()))
        steps.do("calls", lambda _: load_demo_calls(at=clock.now()))
        ask_now_and_then(at=clock.now())
        steps.do("jobs", lambda _: f"{run_waiting(at_clock=clock.now)} done")
        steps.do("index", lambda _: f"{catch_up()} documents brought up to date")
        steps.do("following", lambda _: follow())
    click.echo(f"Ready after {time.monotonic() - steps.started:.0f} s.")
    tell(accounts)


def migrate(folder: Path) -> str:
    """Make or update the tables; refuses a folder whose register is not a demo."""
    folder.mkdir(parents=True, exist_ok=True)
    before = set(connection.introspection.table_names())
    if not (folder / MARK).exists() and Person._meta.db_table in before and Person.objects.exists():
        raise RuleBroken(
            "not_a_demo",
            "This database holds a register that is not a demo. Choose another data folder.",
        )
    call_command("migrate", verbosity=0, interactive=False)
    (folder / MARK).touch()
    return f"{len(connection.introspection.table_names())} tables"


def remove(folder: Path) -> str:
    """Remove what a demo holds: rows, media, mail and index. Its keys stay."""
    if not (folder / MARK).exists():
        if any(folder.glob("*.sqlite3")):
            raise RuleBroken("not_a_demo", "Only a demo can be reset, and this is none.")
        return "nothing was there"
    if connection.vendor == "sqlite":
        connection.close()
        for path in folder.glob("stocktaking.sqlite3*"):
            path.unlink()
    else:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("flush", verbosity=0, interactive=False)
    for path in (settings.MEDIA_ROOT, settings.INDEX_DIR, folder / "mail"):
        shutil.rmtree(path, ignore_errors=True)
    return "removed what the demo held"


def follow() -> str:
    """What people of the demo follow, and the first mails about it."""
    made = follow_in_demo(at=clock.now())
    ask_for_digests(at=clock.now())
    return f"{made} searches and entries, {run_waiting(at_clock=clock.now)} jobs"


def make_accounts(accounts: list[DemoAccount]) -> list[DemoAccount]:
    accounts.extend(make_demo_accounts(at=clock.now()))
    return accounts


def tell(accounts: list[DemoAccount]) -> None:
    """Print the sign-in links: role, e-mail address, link."""
    click.echo("\nSign in by one of these links. Each works once, for 24 hours, in this demo only.")
    for account in accounts:
        click.echo(f"  {account.role.value:<20} {account.email:<32} {account.link}")
