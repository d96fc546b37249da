"""What waits for a person: rows that every area of the site adds to one list.

An area has a module ``web/desk_<area>.py``; it is imported when the site starts. There it says
what waits, most often as one row per thing for people and one row per queue for staff::

    @provider("calls")
    def replies_to_finish(viewer: Viewer) -> Iterator[Waiting]:
        for reply in drafts_of(viewer.person):
            yield Waiting(
                title=reply.title,
                url=reverse("reply", args=[reply.id]),
                kind=_("Reply to send"),
                due=reply.closes_at,
                late=reply.closes_at - viewer.at < SOON,
            )
        if viewer.may(Capability.MODERATE_REPLIES):
            yield Waiting(title=..., url=..., kind=..., count=waiting, late=too_old)

The rules: what only staff may see stands behind ``viewer.may``, which knows whether the second
step was taken. A provider costs at most three SQL queries and yields at most ``MOST`` rows; where
more wait, one row says how many (``count``) and leads to the list. ``late`` is the provider's
judgement: red means that somebody is asked to act now. What is past its ``due`` is red in any case.
"""

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise

from stocktaking import web
from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability

MOST = 20  # rows of one provider


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. ``kind`` says in a few words what is to be done with it.

    ``note`` is a sentence below the title, ``count`` how many things stand behind the row, and
    ``texts`` is True where the title is what people wrote and not the site's own words.
    """

    title: str | Promise
    url: str
    kind: str | Promise
    due: dt.datetime | None = None
    late: bool = False
    note: str | Promise = ""
    count: int | None = None
    texts: bool = False


@dataclass(frozen=True)
class Viewer:
    """For whom the list is drawn up. ``held`` is what this session may use, not only the person:
    what is for staff alone is missing until the second step."""

    person: Person
    at: dt.datetime
    held: frozenset[Capability] = field(default_factory=frozenset)

    def may(self, capability: Capability) -> bool:
        return capability in self.held


Provider = Callable[[Viewer], Iterable[Waiting]]
PROVIDERS: dict[str, Provider] = {}


def provider(name: str) -> Callable[[Provider], Provider]:
    """Register what an area says; one provider for one name."""

    def register(provide: Provider) -> Provider:
        if PROVIDERS.setdefault(name, provide) is not provide:
            raise ValueError(f"two providers are called {name}")
        return provide

    return register


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Everything that waits for somebody: by deadline, then the red ones, then the rest."""
    rows = [row for provide in PROVIDERS.values() for row in provide(viewer)]
    seen = [replace(row, late=row.late or _over(row, viewer.at)) for row in rows]
    return sorted(seen, key=_place)


def load_providers() -> None:
    """Import the modules that register what waits; called once the models are loaded."""
    for module in pkgutil.iter_modules(web.__path__):
        if module.name.startswith("desk_"):
            importlib.import_module(f"{web.__name__}.{module.name}")


def _over(row: Waiting, at: dt.datetime) -> bool:
    return row.due is not None and row.due <= at


def _place(row: Waiting) -> tuple[bool, float, bool]:
    return row.due is None, row.due.timestamp() if row.due else 0.0, not row.late
