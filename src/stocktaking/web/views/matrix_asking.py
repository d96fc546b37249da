"""What a request wants to see of the matrix: sides, filters, periods, what stands in squares.

Nothing is refused: what is not understood is left out, and the page says so.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from stocktaking.insight.queries import Axis, Matrix, axes, matrix, usual
from stocktaking.insight.rules.matrix_periods import Period, read, year_of
from stocktaking.search.rules.parameters import (
    SHOWN_MAX,
    Asked,
    Ignored,
    Pair,
    Reason,
    parse,
    tidy,
)
from stocktaking.web import facets
from stocktaking.web.arrival import arrived_at
from stocktaking.web.chips import Chip
from stocktaking.web.chips import chips as chips_of
from stocktaking.web.facets import Filters
from stocktaking.web.plate_squares import COMPARING
from stocktaking.web.plates import SHOWS, Show

OWN = ("rows", "columns", "show", "period", "against")
SHOW_NAMES: dict[Show, str | Promise] = {
    "count": _("Number of entries"),
    "row": _("Share of the row, in per cent"),
    "column": _("Share of the column, in per cent"),
    "over": _("More or fewer than chance"),
    "change": _("Change between two periods"),
    "shift": _("Change of the share, in points"),
    "links": _("Reference links only"),
}


@dataclass(frozen=True)
class Asking:
    """The question, its filters, the two sides, and what stands in the squares."""

    question: Asked
    known: Filters
    rows: Axis
    columns: Axis
    day: dt.date  # on which it is asked
    show: Show = "count"
    period: Period | None = None  # both periods, or none
    against: Period | None = None

    @property
    def pairs(self) -> list[Pair]:
        """The filters, for links to lists."""
        return self.question.narrowing

    @property
    def own(self) -> list[Pair]:
        """How it is shown; what is a default is left out."""
        sides = (self.rows.name, self.columns.name)
        found = [] if sides == usual() else [("rows", sides[0]), ("columns", sides[1])]
        if self.show != "count":
            found.append(("show", self.show))
        if self.period and self.against:
            found += [("period", self.period.written), ("against", self.against.written)]
        if self.question.view != "list":
            found.append(("view", self.question.view))
        return found

    def address(self, base: str) -> str:
        pairs = sorted([*self.pairs, *self.own])
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def cleared(self) -> "Asking":
        return replace(self, question=self.question.cleared())

    def wordless(self) -> "Asking":
        return replace(self, question=self.question.saying(""))

    def showing(self, show: Show) -> "Asking":
        """The same with something else in the squares, as a plate and of no periods."""
        plain = self.question.in_view("list")
        return replace(self, question=plain, show=show, period=None, against=None)

    def turned(self) -> "Asking":
        return replace(self, rows=self.columns, columns=self.rows)

    def counted(self, *, all_terms: bool = False) -> Matrix:
        """The matrix that answers."""
        found = matrix(
            self.question.query,
            sides=(self.rows.name, self.columns.name),
            period=self.period,
            against=self.against,
            all_terms=all_terms,
        )
        assert found is not None  # noqa: S101 - both sides are of the framework
        return found

    def chips(self, base: str) -> list[Chip]:
        """The filters in force; each leads to the matrix without it, shown in the same way."""
        own = [pair for pair in self.own if pair[0] != "view"]
        return chips_of(self.question, base, self.known, own)


def asking(request: HttpRequest) -> Asking | None:
    """What is asked; None where the framework has no two schemes to set against each other."""
    known, sides, fallback = facets.filters(request), axes(), usual()
    if fallback is None:
        return None
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    question = parse([pair for pair in given if pair[0] not in OWN], known.resolves)
    reading = Reading(given)
    rows = sides[reading.choice("rows", sides) or fallback[0]]
    columns = sides[reading.choice("columns", sides) or fallback[1]]
    show: Show = reading.choice("show", SHOWS) or "count"  # type: ignore[assignment]
    found = Asking(question, known, rows, columns, arrived_at(request).date(), show)
    if show in COMPARING:
        found = _compared(found, reading)
    ignored = (*found.question.ignored, *reading.ignored)
    return replace(found, question=replace(found.question, ignored=ignored))


def _compared(found: Asking, reading: "Reading") -> Asking:
    """With two periods. They stand in the place of a filter by registration, which becomes the
    first of them where none is named (of one without a beginning its last year); without any it
    is the last whole year."""
    query = found.question.query
    span = None
    if query.registered_from is not None:
        last = query.registered_to or found.day.toordinal()
        span = Period(query.registered_from, max(last, query.registered_from))
    elif query.registered_to is not None:
        year = year_of(dt.date.fromordinal(query.registered_to).year)
        span = Period(year.first, query.registered_to)
    last_year = year_of(found.day.year - 1)
    period = reading.period("period") or span or last_year
    against = reading.period("against") or period.before()
    plain = found.question.without("registered-from").without("registered-to")
    plain = replace(plain, ignored=found.question.ignored)
    return replace(found, question=plain, period=period, against=against)


class Reading:
    """The parameters of the matrix itself, and those of them that were not understood."""

    def __init__(self, given: list[Pair]) -> None:
        self._given = {name: tidy(value) for name, value in reversed(given) if name in OWN}
        self.ignored: list[Ignored] = []

    def choice(self, name: str, known: Container[str]) -> str:
        said = self._given.get(name, "")
        if said and said not in known:
            self.ignored.append(Ignored(name, said[:SHOWN_MAX], Reason.BAD_CHOICE))
            return ""
        return said

    def period(self, name: str) -> Period | None:
        said = self._given.get(name, "")
        found = read(said) if said else None
        if said and found is None:
            self.ignored.append(Ignored(name, said[:SHOWN_MAX], Reason.BAD_DATE))
        return found
