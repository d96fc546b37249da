"""Writing to everybody who is due: a job that goes on where it was broken off.

Each follower is a transaction of their own, in which the mail is queued and the marks move:
a worker that is killed at any moment has written to somebody wholly or not at all, and the next
run finds those who are still due.
"""

import datetime as dt
import logging

from django.db import OperationalError, transaction
from django.utils import translation

from stocktaking.follow import notifications, operations
from stocktaking.follow.models import Subscription
from stocktaking.follow.notifications.digest import spoken
from stocktaking.follow.operations.digests import JOB, Held
from stocktaking.follow.queries.due import due_followers
from stocktaking.follow.queries.news import News, Recent, news_of, recent_since
from stocktaking.follow.queries.standing import standing_of
from stocktaking.jobs.registry import Run, kind
from stocktaking.kernel import languages
from stocktaking.search.operations import catch_up
from stocktaking.search.queries import data_version

FRESH = dt.timedelta(minutes=1)  # so old at most is what was published lately
log = logging.getLogger(__name__)


@kind(JOB)
def write_digests(run: Run) -> None:
    """A digest to each follower of whom something is due."""
    catch_up()
    version = data_version()
    waiting = due_followers(at=run.moment(), version=version)
    run.progress(0, len(waiting))
    kept = _Kept()
    for done, number in enumerate(waiting, start=1):
        try:
            with transaction.atomic():
                held = operations.hold_due(follower_id=number, at=run.moment(), version=version)
                if held is not None:
                    _write(held, kept, version, at=run.moment())
                run.progress(done, len(waiting))
        except OperationalError:  # the database is away: nobody can be written to
            raise
        except Exception:  # one mail that cannot be written must not hold up the others
            log.exception("no digest could be written to follower %s", number)
            operations.try_later(follower_id=number, at=run.moment())
            run.progress(done, len(waiting))


class _Kept:
    """What was published lately, read once for many followers: it is the same for all."""

    def __init__(self) -> None:
        self._read: Recent | None = None
        self._since: dt.datetime | None = None

    def since(self, moment: dt.datetime, *, at: dt.datetime) -> Recent:
        wide = self._since is not None and self._since <= moment
        if self._read is None or not wide or at - self._read.until > FRESH:
            self._read, self._since = recent_since(moment, at=at), moment
        return self._read


def _write(held: Held, kept: _Kept, version: int, *, at: dt.datetime) -> None:
    if standing_of(held.follower.person).reason is not None:
        operations.put_off(held, version=version, at=at)
        return
    recent = kept.since(min(row.since for row in held.due), at=at)
    found = [(row, _news(row, recent, spoken(held.follower))) for row in held.due]
    message = notifications.tell(held.follower, found, at=at)
    operations.note_told(
        held, found, recent=recent, version=version, written=message is not None, at=at
    )


def _news(row: Subscription, recent: Recent, language: str) -> News | None:
    """Names of parts in the language of the mail, titles in that of the subscription."""
    with translation.override(languages.BY_CODE[language].django):
        return news_of(row, recent, row.language)
