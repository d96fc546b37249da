"""What kinds of calls there are: apps above say what becomes of a reply.

An app registers a kind in its ``apps.ready`` and listens to ``signals.reply_accepted``. Below,
the kind is asked for answers to begin with, and for what else must be right before sending.
"""

from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.calls.models import Call, Reply
from stocktaking.entries.models import Entry
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.rules.answers import Fault
from stocktaking.questionnaires.rules.definition import Definition


class Kind(Protocol):
    """What the replies of a call are for."""

    name: str  # stands in rows for ever
    label: str | Promise

    def prefill(
        self, *, call: Call, entry: Entry, definition: Definition, language: str
    ) -> dict[str, Any]:
        """Answers that follow from an entry that exists."""

    def faults(
        self, *, reply: Reply, definition: Definition, answers: dict[str, Any]
    ) -> list[Fault]:
        """What must be put right before sending, besides what the questionnaire asks."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; the same name again replaces it."""
    _kinds[kind.name] = kind


def unregister(name: str) -> None:
    _kinds.pop(name, None)


def kinds() -> list[Kind]:
    """All kinds, by name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def kind_of(name: str) -> Kind:
    """The kind of this name; RuleBroken ``kind_unknown`` where no app brings it."""
    found = _kinds.get(name)
    if found is None:
        raise RuleBroken("kind_unknown", _("There is no such kind of call."), field="kind")
    return found
