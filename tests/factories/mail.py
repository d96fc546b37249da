"""Kinds of mail and messages for tests."""

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from stocktaking.outbox import registry
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations import queue
from stocktaking.outbox.registry import MailKind
from stocktaking.outbox.states import Category

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
SECOND, MINUTE, DAY = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(days=1)
BODY = "Hello {name},\n\n[Open the reply]({link})\n\n> {note}"
EXAMPLES = {"name": "Ann", "link": "https://example.org/replies/1/", "note": "Well done."}
_numbers = itertools.count(1)


@contextmanager
def kinds() -> Iterator[None]:
    """One kind of each category, ``test.account`` and so on, for as long as the block lasts."""
    made = [
        registry.register(
            MailKind(
                name=f"test.{category.value}",
                category=category,
                label=f"Test of {category.value}",
                subject="News for {name}",
                body=BODY,
                placeholders=EXAMPLES,
            )
        )
        for category in Category
    ]
    try:
        yield
    finally:
        for kind in made:
            del registry.KINDS[kind.name]


def message(to: str = "", *, category: Category = Category.NEWS, **stated: Any) -> Message:
    """A message of a test kind; ``values`` completes the examples."""
    values = EXAMPLES | stated.pop("values", {})
    for name in stated.pop("without", ()):  # what an inset stands for
        del values[name]
    return queue(
        kind=f"test.{category.value}",
        to=to or f"reader{next(_numbers)}@example.org",
        language=stated.pop("language", "en"),
        values=values,
        at=stated.pop("at", AT),
        **stated,
    )
