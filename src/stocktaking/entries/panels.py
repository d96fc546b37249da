"""What apps above show on an entry's page, and give out with its data.

Prizes, reports or calls register a panel in their ``apps.ready``; the entry page and its
JSON ask here and know no subject.
"""

from typing import Any, Protocol

from django.utils.functional import Promise


class Panel(Protocol):
    """A part of an entry's page that another app fills."""

    name: str  # key in machine-readable answers
    heading: str | Promise
    template: str  # rendered with what ``context`` gives
    order: int

    def context(self, number: int, language: str) -> dict[str, Any] | None:
        """What the template needs; None where there is nothing to show for this entry."""

    def as_data(self, number: int) -> Any | None:
        """The same as plain values for machines; None where there is nothing."""


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; the same name again replaces it."""
    _panels[panel.name] = panel


def unregister(name: str) -> None:
    _panels.pop(name, None)


def data_of(number: int) -> dict[str, Any]:
    """What the panels say of an entry to machines, by name; silent ones are left out."""
    told = ((panel.name, panel.as_data(number)) for panel in panels())
    return {name: data for name, data in told if data is not None}


def panels() -> list[Panel]:
    """All panels in their order."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.name))
