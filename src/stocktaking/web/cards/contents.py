"""What stands on a card."""

import unicodedata
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.entries.queries import EntryCard, Totals, cards, totals
from stocktaking.entries.states import EntryState
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.kernel.charts.heat import SQUARES
from stocktaking.kernel.charts.standalone import HEAT
from stocktaking.reference.queries import CrosswalkView, catalogue
from stocktaking.search.queries import cross
from stocktaking.search.rules.values import Query
from stocktaking.web.whereabouts import places

TITLE, OWNER, PLACES = 140, 90, 48  # Latin letters; wide ones count twice
EMPTY = "#e7ecf0"
Square = tuple[int, int, str]  # row, column, colour


@dataclass(frozen=True)
class Card:
    """The words and the grid of a card; empty words are left out."""

    title: str
    title_language: str
    number: str
    owner: str
    places: str
    path: str
    language: str
    rows: int = 0  # of the grid
    columns: int = 0
    threads: tuple[tuple[int, str], ...] = ()  # column and colour
    across: tuple[int, ...] = ()
    squares: tuple[Square, ...] = ()

    @property
    def address(self) -> str:
        """As people read it."""
        return f"{settings.BASE_URL}{self.path}".partition("://")[2].removeprefix("www.")


def card_of_entry(number: int) -> Card | None:
    """The card of a published entry, in the language of the request."""
    language = languages.current().code
    found = cards([number], language)
    if not found or found[0].state != EntryState.PUBLISHED:
        return None
    shown, grid = found[0], catalogue().grid()
    owner = shown.organisation
    card = Card(
        title=shortened(shown.title.text, TITLE),
        title_language=shown.title.language,
        number=_("Entry %(number)s") % {"number": number},
        owner=shortened(owner.name, OWNER) if owner and not owner.unknown else "",
        places=shortened(places(shown), PLACES),
        path=reverse("permalink", args=[number]),
        language=language,
    )
    return _woven(card, shown, grid) if grid else card


def card_of_site() -> Card:
    """The card of every other page: how much the register holds, and where on the grid."""
    held, grid, language = totals(), catalogue().grid(), languages.current().code
    card = Card(
        title=_counted(held),
        title_language=language,
        number="",
        owner=ngettext("%(shown)s organisation", "%(shown)s organisations", held.organisations)
        % {"shown": figure(held.organisations)},
        places=ngettext("%(shown)s country", "%(shown)s countries", held.countries)
        % {"shown": figure(held.countries)},
        path="",
        language=language,
    )
    return _heated(card, grid) if grid else card


def shortened(text: str, most: int) -> str:
    """The beginning of a text that would not fit, cut between words where it has any."""
    line = " ".join(text.split())
    room = most
    for place, letter in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            head = line[:place]
            words = head.rpartition(" ")[0]
            return f"{words if len(words) > place // 2 else head}…"
    return line


def _counted(held: Totals) -> str:
    return ngettext("%(shown)s entry", "%(shown)s entries", held.entries) % {
        "shown": figure(held.entries)
    }


def _woven(card: Card, shown: EntryCard, grid: CrosswalkView) -> Card:
    """With the threads of the entry across the grid."""
    across = {mark.term.position for mark in shown.of(grid.rows.slug)}
    threads = {(m.term.position, m.term.colour) for m in shown.of(grid.columns.slug)}
    return replace(
        _on(card, grid),
        across=tuple(sorted(row for row in across if row >= 0)),
        threads=tuple(sorted(thread for thread in threads if thread[0] >= 0)),
    )


def _heated(card: Card, grid: CrosswalkView) -> Card:
    """With all entries on the grid, darker where more are."""
    counts = cross(Query(), rows=grid.rows.slug, columns=grid.columns.slug)
    drawn: list[Square] = []
    for row in grid.rows:
        for column in grid.columns:
            step = SQUARES.step(counts.get((row.code, column.code), 0))
            drawn.append((row.position, column.position, HEAT[step] if step else EMPTY))
    return replace(_on(card, grid), squares=tuple(drawn))


def _on(card: Card, grid: CrosswalkView) -> Card:
    return replace(card, rows=len(grid.rows.assignable), columns=len(grid.columns.assignable))
