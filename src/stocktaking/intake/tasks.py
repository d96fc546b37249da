"""Jobs of moderation: looking for entries alike, and looking at all replies again."""

from stocktaking.calls.models import Reply
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations.checks import RECHECK, look_again
from stocktaking.intake.operations.duplicates_sought import DUPLICATES, look_through
from stocktaking.intake.operations.likenesses import TWINS, seek_twins
from stocktaking.intake.queries.likenesses import likened_entries
from stocktaking.intake.rules.duplicates import Register
from stocktaking.intake.states import UNDECIDED
from stocktaking.jobs.registry import Run, kind

CHUNK = 50  # replies between two words of the job


@kind(TWINS)
def seek_all_twins(run: Run) -> None:
    """Compare every reply that was not looked at with all entries; resumable."""
    waiting = Moderation.objects.filter(twins_sought_at=None, reply__state__in=UNDECIDED)
    total, done = waiting.count(), 0
    run.progress(0, total)
    register = Register(likened_entries() if total else ())
    while numbers := list(waiting.order_by("reply_id").values_list("reply_id", flat=True)[:CHUNK]):
        replies = Reply.objects.filter(pk__in=numbers).select_related(
            "call", "answer_set", "organisation"
        )
        for reply in replies:
            seek_twins(reply=reply, register=register, at=run.moment())
        done += len(numbers)
        run.progress(done, max(total, done))


kind(DUPLICATES)(look_through)


@kind(RECHECK)
def look_at_all_again(run: Run) -> None:
    """Checks have changed: what they find in open replies is found again."""
    done = int(run.cursor.get("done", 0))
    after = int(run.cursor.get("after", 0))
    run.progress(done)
    while True:
        count, after = look_again(after=after, at=run.moment())
        done += count
        run.progress(done, cursor={"done": done, "after": after})
        if not after:
            return
