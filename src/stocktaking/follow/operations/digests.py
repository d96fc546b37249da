"""How far somebody was told: the marks move in the transaction that queues the mail."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from stocktaking.entries.models import Entry
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.operations.holding import planned
from stocktaking.follow.queries.due import due_followers, due_subscriptions
from stocktaking.follow.queries.news import EntryNews, News, Recent, SearchNews
from stocktaking.follow.rules.saved import key_of_entry
from stocktaking.follow.states import Kind, Rhythm, State
from stocktaking.history.operations import record
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import start_job
from stocktaking.jobs.states import JobState

JOB = "follow.digests"
AGAIN = dt.timedelta(hours=1)  # until a mail that could not be written is tried once more


@dataclass(frozen=True)
class Held:
    """A follower and what is due of them, held until the transaction ends."""

    follower: Follower
    due: tuple[Subscription, ...]


def ask_for_digests(*, at: dt.datetime) -> int:
    """Start the job that writes to everybody who is due, where none is; how many are due."""
    waiting = len(due_followers(at=at))
    running = Job.objects.filter(kind=JOB, state__in=(JobState.WAITING, JobState.RUNNING))
    if waiting and not running.exists():
        start_job(kind=JOB, by=None, at=at)
    return waiting


def hold_due(*, follower_id: int, at: dt.datetime, version: int) -> Held | None:
    """Within a transaction: who is written to, unless somebody else did so meanwhile."""
    follower = (
        Follower.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=follower_id, state=State.ACTIVE, person__is_active=True)
        .first()
    )
    if follower is None:
        return None
    rows = Subscription.objects.filter(
        due_subscriptions(at=at, version=version), follower=follower
    ).order_by("-kind", "name", "id")
    due = tuple(rows)
    for row in due:
        row.follower = follower
    return Held(follower, due) if due else None


def note_told(
    held: Held,
    found: list[tuple[Subscription, News | None]],
    *,
    recent: Recent,
    version: int,
    written: bool,
    at: dt.datetime,
) -> None:
    """What was found is told, in a mail where one was ``written``: the marks move on.

    What could not be answered (None) keeps its marks and is looked at again next time.
    """
    follower = held.follower
    for row, news in found:
        row.next_at = row.next_at if _waits(row, written) else _planned(row, at)
        row.looked = version
        if isinstance(news, SearchNews):
            row.since = max(recent.until, row.since)
            row.told = [list(span) for span in news.told]
        elif isinstance(news, EntryNews):
            _note_entry(row, news, at=at)
        if row.pk is not None:
            row.save()
    if written:
        follower.digests += 1
        follower.last_digest_at = at
        follower.save(update_fields=["digests", "last_digest_at"])
        detail = {"number": follower.digests, "parts": len(found)}
        record(verb="digest_written", of=follower, by=None, at=at, detail=detail)


def put_off(held: Held, *, version: int, at: dt.datetime) -> None:
    """The address gets no mail: nothing is told, so nothing counts as told. Once mail may go
    there again, the next digest says what happened since."""
    for row in held.due:
        row.next_at = row.next_at if row.rhythm == Rhythm.AT_ONCE else _planned(row, at)
        row.looked = version
        row.save(update_fields=["next_at", "looked"])


def try_later(*, follower_id: int, at: dt.datetime) -> None:
    """The mail could not be written: it is tried again later. Nothing counts as told."""
    with transaction.atomic():
        follower = Follower.objects.select_for_update().filter(pk=follower_id).first()
        due = Subscription.objects.filter(follower=follower, next_at__lte=at)
        due.update(next_at=at + AGAIN)


def _planned(row: Subscription, at: dt.datetime) -> dt.datetime:
    return planned(row.follower, Rhythm(row.rhythm), at=at)


def _waits(row: Subscription, written: bool) -> bool:
    """What is told at once waits for the next change only, unless a mail has just gone out."""
    return row.rhythm == Rhythm.AT_ONCE and not written


def _note_entry(row: Subscription, news: EntryNews, *, at: dt.datetime) -> None:
    row.since = at
    if news.parted is not None:
        # a merge was undone: what was followed before it is followed again
        row.moved = row.moved[:-1]
        if _followed_already(row, news.parted):
            return
        _move(row, news.parted, at=at)
    row.seen_version, row.seen_state = news.version, news.state
    if news.into is None:
        return
    # the entry that took its place is followed from here on
    if _followed_already(row, news.into.number):
        record(verb="follow_ended", of=row, by=None, at=at, detail={"kind": Kind.ENTRY.value})
        row.delete()
        return
    row.moved = [*row.moved, *news.path]
    _move(row, news.into.number, at=at)
    row.seen_version, row.seen_state = _published(news.into.number), news.into.state


def _move(row: Subscription, number: int, *, at: dt.datetime) -> None:
    record(verb="follow_moved", of=row, by=None, at=at, detail={"entry": number})
    row.entry_id, row.key = number, key_of_entry(number)


def _followed_already(row: Subscription, number: int) -> bool:
    twin = Subscription.objects.filter(follower=row.follower, key=key_of_entry(number))
    return twin.exclude(pk=row.pk).exists()


def _published(number: int) -> int:
    found = Entry.objects.filter(pk=number).values_list("published_version", flat=True).first()
    return found or 0
