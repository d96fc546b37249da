"""Writing to many: jobs that go on where they were broken off, and write to nobody twice.

Readers are taken in the order of their addresses; the cursor holds the last one that was written
to. Each mail has a key of its own in the outbox besides, so that a chunk that is done again, or a
second run of the job, queues nothing a second time.
"""

from collections.abc import Callable

from django.db import transaction

from stocktaking.calls.models import Call, CallExtension, Letter
from stocktaking.calls.notifications import write_cancellation, write_extension, write_letter
from stocktaking.calls.operations.letters import CANCELLATION, EXTENSION, JOB, note_sent
from stocktaking.calls.queries.letters import Reader, readers_of, readers_of_call
from stocktaking.jobs.registry import Run, kind
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken

CHUNK = 100


@kind(JOB)
def send(run: Run) -> None:
    """A letter to everybody it is for."""
    letter = (
        Letter.objects.select_related("call")
        .prefetch_related("texts")
        .filter(pk=run.arguments["letter"])
        .first()
    )
    if letter is None:
        return
    # a job runs outside of any request: the moment is the clock's
    count = _to_each(
        run, readers_of(letter), lambda reader: write_letter(letter, reader, at=clock.now())
    )
    note_sent(letter=letter, count=count, at=clock.now())


@kind(EXTENSION)
def announce_extension(run: Run) -> None:
    extension = CallExtension.objects.select_related("call").get(pk=run.arguments["extension"])
    _to_each(
        run,
        readers_of_call(extension.call),
        lambda reader: write_extension(extension, reader, at=clock.now()),
    )


@kind(CANCELLATION)
def announce_cancellation(run: Run) -> None:
    call = Call.objects.get(pk=run.arguments["call"])
    _to_each(
        run,
        readers_of_call(call),
        lambda reader: write_cancellation(call, reader, at=clock.now()),
    )


def _to_each(run: Run, readers: list[Reader], write: Callable[[Reader], object]) -> int:
    """How many were written to in all; an address that is none is passed over."""
    after = run.cursor.get("after", "")
    written = run.cursor.get("written", 0)
    left = [reader for reader in readers if reader.email.lower() > after]
    done = len(readers) - len(left)
    run.progress(done, len(readers))
    for first in range(0, len(left), CHUNK):
        chunk = left[first : first + CHUNK]
        with transaction.atomic():
            for reader in chunk:
                try:
                    with transaction.atomic():
                        write(reader)
                    written += 1
                except RuleBroken:
                    continue
            done += len(chunk)
            cursor = {"after": chunk[-1].email.lower(), "written": written}
            run.progress(done, len(readers), cursor=cursor)
    return int(written)
