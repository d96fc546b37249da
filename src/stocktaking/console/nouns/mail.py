"""``stocktaking mail``: what waits or was sent, a mail to try, and mails that came back."""

import json
from typing import Any, BinaryIO

import click

from stocktaking.kernel import clock, languages
from stocktaking.outbox import operations, queries
from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.rules.reports import read_report
from stocktaking.outbox.states import MessageState

STATES = click.Choice([state.value for state in MessageState])


@click.group()
def group() -> None:
    """Mail that waits, was sent or came back."""


@group.command("list")
@click.option("--state", type=STATES, default=None)
@click.option("--kind", default="", help="Name of a kind, such as those of send-test.")
@click.option("--address", default="", help="Any part of the address.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def listing(state: str | None, kind: str, address: str, limit: int, as_json: bool) -> None:
    """Mails, newest first, with what the server said at the last try."""
    found = queries.messages(state=state or "", kind=kind, address=address)
    answers = {
        message.pk: (message.tries.last() or None)
        for message in found.prefetch_related("tries")[:limit]
    }
    items: list[dict[str, Any]] = []
    for row in queries.rows(found[:limit]):
        last = answers.get(row.id)
        items.append(
            {
                "id": str(row.id),
                "state": row.state,
                "kind": row.kind,
                "to": row.to,
                "queued_at": row.queued_at.isoformat(timespec="seconds"),
                "attempts": row.attempts,
                "answer": last.answer if last else "",
            }
        )
    if as_json:
        click.echo(json.dumps(items, ensure_ascii=False, indent=1))
        return
    for item in items:
        tries = f"{item['attempts']:>2} tries"
        told = (item["queued_at"], tries, item["kind"], item["to"], item["id"])
        click.echo(f"{item['state']:<10} {'  '.join(told)}")
        if item["answer"]:
            click.echo(f"{'':10} {item['answer'].splitlines()[0]}")
    counts = queries.counts_by_state()
    click.echo(", ".join(f"{name} {number}" for name, number in counts.items()))


@group.command("send-test")
@click.argument("kind")
@click.argument("to")
@click.option("--language", type=click.Choice(languages.CODES), default="en", show_default=True)
@click.option("--dry-run", is_flag=True, help="Show the mail, and queue nothing.")
def send_test(kind: str, to: str, language: str, dry_run: bool) -> None:
    """Send the mail of a KIND, with examples in its places, to the address TO."""
    if kind not in KINDS:
        raise click.ClickException(f"the kinds are: {', '.join(sorted(KINDS)) or 'none'}")
    if dry_run:
        composed = operations.compose_example(kind, language)
        click.echo(f"Subject: {composed.subject}\n\n{composed.text}\nwould queue 1")
        return
    operations.send_test(kind=kind, language=language, to=to, by=None, at=clock.now())
    click.echo("queued 1")


@group.command()
@click.argument("message_id", required=False)
@click.option("--report", type=click.File("rb"), help="The server's report; - reads the input.")
@click.option("--soft", is_flag=True, help="Only for now: the address stays as it is.")
@click.option("--detail", default="", help="What the server said.")
@click.option("--dry-run", is_flag=True, help="Say which mail it was, and change nothing.")
def bounce(
    message_id: str | None, report: BinaryIO | None, soft: bool, detail: str, dry_run: bool
) -> None:
    """Note that a mail came back: by its MESSAGE_ID, or by the report of a mail server.

    For the mail server's own use: let it hand the mails to the sender's address to
    ``stocktaking mail bounce --report -``.
    """
    hard = not soft
    if report is not None:
        found = read_report(report.read())
        if found is None:
            raise click.ClickException("this is no report of a mail that came back")
        message_id, hard, detail = found.message_id, found.hard, detail or found.detail
    if not message_id:
        raise click.UsageError("Give a MESSAGE_ID or --report.")
    if dry_run:
        click.echo(f"would note 1 ({'for good' if hard else 'for now'}): {message_id} {detail}")
        return
    operations.note_bounce(message_id=message_id, hard=hard, detail=detail, by=None, at=clock.now())
    click.echo("noted 1")
