"""A register, somebody who follows it, and a clock that the tests wind on."""

import datetime as dt
from dataclasses import dataclass

import pytest
from tests.factories import accounts
from tests.factories import entries as factory
from tests.web.conftest import Register, grid

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.follow import operations
from stocktaking.follow.models import Subscription
from stocktaking.jobs.operations import run_waiting
from stocktaking.outbox.models import Message
from stocktaking.search import operations as search

AT = factory.AT  # Monday, 2 March 2026, 09:00 UTC
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WEEK = 7 * DAY


@dataclass
class Scene:
    """``ada`` follows; ``at`` is the present moment of the scene."""

    register: Register
    ada: Person
    at: dt.datetime = AT

    def search(self, query: str = "line=L1", **stated) -> Subscription:
        stated = {"name": "First line", "language": "en", "rhythm": "weekly", **stated}
        stated.setdefault("by", self.ada)
        return operations.follow_search(query=query, at=self.at, **stated)

    def entry(self, entry: Entry, **stated) -> Subscription:
        stated = {"language": "en", "rhythm": "weekly", "by": self.ada, **stated}
        return operations.follow_entry(number=entry.pk, at=self.at, **stated)

    def publish(self, title: str, **stated) -> Entry:
        return self.register.add(title, at=self.at, **stated)

    def later(self, span: dt.timedelta) -> None:
        self.at += span

    def tick(self) -> list[Message]:
        """What a worker does within the minute; the mails that this brought."""
        before = set(Message.objects.values_list("pk", flat=True))
        search.catch_up()
        operations.ask_for_digests(at=self.at)
        run_waiting(at_clock=lambda: self.at)
        return list(Message.objects.exclude(pk__in=before).order_by("queued_at", "to"))

    def mail(self) -> Message:
        [message] = self.tick()
        return message


@pytest.fixture
def scene(db) -> Scene:
    grid()
    search.rebuild()
    return Scene(Register(), accounts.person(email="ada@example.org", name="Ada"))
