"""What somebody asked of the queue, read from an address and written into others.

The list, the page of one reply and every act carry it along, so that "next" stays in the list
that somebody works through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.intake.queries.queue import ME, NOBODY, SORTS, STATES, QueueAsk

TEXT_MAX = 200
SIZE = 50
PAGE_MAX = 2**31
PLAIN = QueueAsk()


@dataclass(frozen=True)
class Asked:
    """The question and the page of its list."""

    ask: QueueAsk = PLAIN
    page: int = 1

    def query(self, **other: Any) -> str:
        """The parameters that say it, the usual ones left out."""
        page = other.pop("page", 1)
        asked = replace(self.ask, **other)
        held = {
            name: _written(value)
            for name, value in vars(asked).items()
            if value != getattr(PLAIN, name)
        }
        return urlencode(held | ({"page": page} if page > 1 else {}))

    def url(self, page: int = 1, **other: Any) -> str:
        query = self.query(page=page, **other)
        return reverse("staff_queue") + (f"?{query}" if query else "")

    def reply_url(self, number: int) -> str:
        query = self.query()
        return reverse("staff_reply", args=[number]) + (f"?{query}" if query else "")

    @property
    def filtered(self) -> bool:
        shown = {one.name for one in fields(QueueAsk)} - {"state", "sort"}
        return any(getattr(self.ask, name) != getattr(PLAIN, name) for name in shown)


def asked_in(parameters: Mapping[str, str]) -> Asked:
    """What parameters ask; what cannot be read counts as not asked."""
    state = _text(parameters, "state")
    sort = _text(parameters, "sort")
    occasion = _text(parameters, "occasion")
    assigned = _text(parameters, "assigned")
    endorsed = _text(parameters, "endorsed")
    known = {one.value for one in STATES}
    return Asked(
        QueueAsk(
            state=ReplyState(state) if state in known else PLAIN.state,
            call=_text(parameters, "call"),
            language=_text(parameters, "language"),
            country=_text(parameters, "country"),
            region=_text(parameters, "region"),
            assigned=assigned if assigned in (ME, NOBODY) or _number(assigned) else "",
            finding=_text(parameters, "finding"),
            alike=_text(parameters, "alike") == "1",
            endorsed=endorsed if endorsed in ("endorsed", "objected", "none") else "",
            occasion=occasion if occasion in {one.value for one in Occasion} else "",
            older=_number(_text(parameters, "older")),
            text=_text(parameters, "text"),
            sort=sort if sort in SORTS else SORTS[0],
        ),
        page=_number(_text(parameters, "page")) or 1,
    )


def asked_before(query: str) -> Asked:
    """What a form brings along from the list that it was opened from."""
    try:
        return asked_in(QueryDict(query[:2000]))
    except (UnicodeDecodeError, ValueError):  # nothing that a list has written
        return Asked()


def _text(parameters: Mapping[str, str], name: str) -> str:
    typed = "".join(c for c in parameters.get(name, "")[:TEXT_MAX] if c.isprintable())
    return " ".join(typed.split())


def _number(typed: str) -> int | None:
    """A positive number, or None."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        return None
    return min(int(typed), PAGE_MAX) or None


def _written(value: Any) -> str:
    return "1" if value is True else str(value)
