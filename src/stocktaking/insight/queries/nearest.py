"""Which entries stand nearest on the grid."""

from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.states import EntryState
from stocktaking.reference.queries import catalogue
from stocktaking.search.queries import answer
from stocktaking.search.rules.values import Query

LOOKED_AT = 40  # candidates that share a row and a column, the newest of them

Squares = frozenset[tuple[str, str]]


def nearest(card: EntryCard, language: str, *, limit: int = 3) -> list[EntryCard]:
    """Entries that share squares with this one, the greatest overlap first.

    Among entries that share a row and a column, or one of them where this one has no other,
    the newest are compared by the share of squares (or terms) that both hold.
    """
    grid = catalogue().grid()
    if grid is None:
        return []
    axes = (grid.rows.slug, grid.columns.slug)
    codes = {axis: tuple(sorted(mark.term.code for mark in card.of(axis))) for axis in axes}
    filters = {axis: held for axis, held in codes.items() if held}
    if not filters:
        return []
    found = _candidates(Query(filters=filters, sort="newest", size=LOOKED_AT), card.number)
    if len(found) < limit and len(filters) == 2:
        for axis, held in reversed(filters.items()):
            wider = Query(filters={axis: held}, sort="newest", size=LOOKED_AT)
            found += [number for number in _candidates(wider, card.number) if number not in found]
    own = _held(card, axes)
    shown = cards(found[:LOOKED_AT], language)
    others = [other for other in shown if other.state == EntryState.PUBLISHED]
    ranked = sorted(others, key=lambda other: -_overlap(own, _held(other, axes)))
    return [other for other in ranked if _overlap(own, _held(other, axes))][:limit]


def _candidates(query: Query, number: int) -> list[int]:
    hits = answer(query).hits
    return [int(hit.key) for hit in hits if hit.key != str(number)]


def _held(card: EntryCard, axes: tuple[str, str]) -> Squares:
    """The terms of an entry on both axes, and the squares where they cross."""
    rows, columns = ([mark.term.code for mark in card.of(axis)] for axis in axes)
    crossed = {(row, column) for row in rows for column in columns}
    return frozenset(crossed | {(row, "") for row in rows} | {("", column) for column in columns})


def _overlap(one: Squares, other: Squares) -> float:
    return len(one & other) / max(1, len(one | other))
