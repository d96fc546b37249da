"""``stocktaking call``: calls and their deadlines, on the command line."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import click
from django.db import transaction

from stocktaking.calls import operations
from stocktaking.calls.models import Call, Letter
from stocktaking.calls.operations.letters import due_at
from stocktaking.calls.queries import desk_calls, tell
from stocktaking.calls.rules.window import TimeSkipped, day_ends_anywhere, moment
from stocktaking.calls.states import LetterState
from stocktaking.kernel import clock, languages

DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and undo it.")


def as_moment(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> dt.datetime | None:
    if text is None:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("write a day or a moment, such as 2027-02-09T12:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


AT = click.option(
    "--at",
    callback=as_moment,
    metavar="MOMENT",
    help="As if it were this moment (ISO 8601; UTC where no offset is given).",
)


@click.group()
def group() -> None:
    """Calls, their deadlines and their letters."""


@group.command("list")
@AT
def list_calls(at: dt.datetime | None) -> None:
    """All calls with their state, end and replies."""
    rows = desk_calls(at or clock.now())
    for row in rows:
        held = row.card
        state = held.state if held.state != "published" else held.verdict
        click.echo(
            f"{held.slug:30} {state:10} {held.closes.iso}  {row.sent} sent, {row.drafts} drafts"
        )
    click.echo(f"found {len(rows)}")


@group.command()
@click.argument("slug")
@DRY_RUN
def publish(slug: str, dry_run: bool) -> None:
    """Show the call SLUG to everybody and freeze its questionnaire."""
    call, at = known(slug), clock.now()
    _do(lambda: operations.publish_call(call=call, by=None, at=at), dry_run)
    call.refresh_from_db()
    click.echo(
        f"{'would publish' if dry_run else 'published'} {slug}, closes {tell(call.closes_at, call)}"
    )


@group.command()
@click.argument("slug")
@click.option(
    "--until", required=True, metavar="DAY[THH:MM]", help="The new end, in the place of the call."
)
@click.option(
    "--reason", "reasons", multiple=True, required=True, metavar="LANGUAGE=TEXT",
    help="What everybody reads; once for each language.",
)  # fmt: skip
@DRY_RUN
def extend(slug: str, until: str, reasons: tuple[str, ...], dry_run: bool) -> None:
    """Move the end of the call SLUG to a later moment, and tell everybody concerned."""
    call, at = known(slug), clock.now()
    end, reason = _end(call, until), dict(map(_said, reasons))
    _do(
        lambda: operations.extend_call(call=call, closes_at=end, reason=reason, by=None, at=at),
        dry_run,
    )
    click.echo(f"{'would extend' if dry_run else 'extended'} {slug} until {tell(end, call)}")


@group.command()
@AT
@DRY_RUN
def remind(at: dt.datetime | None, dry_run: bool) -> None:
    """Send the letters and reminders whose moment has come; the worker does so every minute."""
    moment_now = at or clock.now()
    waiting = Letter.objects.filter(state=LetterState.SCHEDULED).select_related("call")
    due = [one for one in waiting if (when := due_at(one)) is not None and when <= moment_now]
    for letter in due:
        click.echo(f"{letter.call.slug}: letter {letter.pk}")
    posted = 0 if dry_run else operations.post_due(at=moment_now)
    click.echo(f"would send {len(due)}" if dry_run else f"sent {posted}")


def known(slug: str) -> Call:
    found = Call.objects.filter(slug=slug).first()
    if found is None:
        raise click.ClickException(f"there is no call {slug}")
    return found


def _do(act: Callable[[], Any], dry_run: bool) -> None:
    """Do it; with ``dry_run`` find out that it can be done, and undo it."""
    with transaction.atomic():
        act()
        if dry_run:
            transaction.set_rollback(True)


def _end(call: Call, until: str) -> dt.datetime:
    try:
        local = dt.datetime.fromisoformat(until)
    except ValueError:
        raise click.BadParameter("write a day, or a day and an hour: 2027-02-09T23:00") from None
    if local.tzinfo is not None:
        return local
    if call.anywhere_on_earth:
        return day_ends_anywhere(local.date())
    try:
        return moment(local.date(), local.time(), call.zone)
    except TimeSkipped as skipped:
        raise click.ClickException(str(skipped)) from skipped


def _said(text: str) -> tuple[str, str]:
    language, sign, words = text.partition("=")
    if not sign or language not in languages.CODES:
        raise click.BadParameter(f"{text!r} is not of the form language=text")
    return language, words
