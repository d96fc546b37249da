"""Comparisons as rows: the facts of places with their links, and both kinds as CSV."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stocktaking.entries.queries import EntryPage
from stocktaking.entries.queries.ageing import FRESHNESS
from stocktaking.insight.queries.comparison import EntriesCompared
from stocktaking.insight.queries.comparison_places import PlacesCompared, Row, Table
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure, percent
from stocktaking.kernel.charts.bars import bar
from stocktaking.web.comparing import Subjects
from stocktaking.web.places import explore_link

CSV_HEAD = ("part", "code", "title")


@dataclass(frozen=True)
class Cell:
    """A number with the list behind it; ``bar`` shows it beside the others of its table."""

    text: str
    url: str = ""
    bar: str = ""


@dataclass(frozen=True)
class Fact:
    """One row of a comparison: a name and a cell for each place."""

    name: str | Promise
    cells: tuple[Cell, ...]


def facts(named: Subjects, compared: PlacesCompared) -> list[Fact]:
    """How much there is in each place, how well it is kept, and by how many."""
    held = compared.places

    def list_of(code: str, *more: tuple[str, str]) -> str:
        others = [pair for pair in named.others if pair[0] not in dict(more)]
        return explore_link((compared.facet, code), *more, also=others)

    found = [
        Fact(
            _("Entries"),
            tuple(Cell(figure(one.total), list_of(one.term.code)) for one in held),
        ),
        Fact(_("Share of all"), tuple(Cell(percent(one.share)) for one in held)),
        Fact(_("Organisations"), tuple(Cell(figure(one.organisations)) for one in held)),
    ]
    facet = named.asking.known.facets.get(FRESHNESS)
    if facet is None:
        return found
    for value, counts in compared.freshness:
        cells = tuple(
            Cell(figure(count), list_of(one.term.code, (FRESHNESS, value)) if count else "")
            for one, count in zip(held, counts, strict=True)
        )
        name = _("%(facet)s: %(value)s") % {"facet": facet.title, "value": facet.title_of(value)}
        found.append(Fact(name, cells))
    return found


def linked(
    named: Subjects, compared: PlacesCompared
) -> list[tuple[Table, list[tuple[Row, list[Cell]]]]]:
    """The rows of each scheme; each number leads to the entries that it counts."""
    rtl = languages.current().rtl
    found = []
    for table in compared.tables:
        most = max((count for row in table.rows for count in row.counts), default=0)
        rows = []
        for row in table.rows:
            others = [pair for pair in named.others if pair[0] != table.scheme.slug]
            cells = [
                Cell(
                    figure(count),
                    explore_link(
                        (compared.facet, place.term.code),
                        (table.scheme.slug, row.term.code),
                        also=others,
                    ),
                    bar(count, most, rtl=rtl),
                )
                if count
                else Cell(figure(0))
                for place, count in zip(compared.places, row.counts, strict=True)
            ]
            rows.append((row, cells))
        found.append((table, rows))
    return found


def of_places(compared: PlacesCompared) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Columns and rows: one column for each place, by its code."""
    columns = (*CSV_HEAD, *(one.term.code for one in compared.places))
    return columns, _place_rows(compared)


def _place_rows(compared: PlacesCompared) -> Iterator[Sequence[object]]:
    held = compared.places
    yield ("place", "", "", *(one.term.label() for one in held))
    yield ("basis", "", "", *(compared.basis for _one in held))
    yield ("entries", "", "", *(one.total for one in held))
    yield ("share_of_all", "", "", *(round(one.share, 4) for one in held))
    yield ("organisations", "", "", *(one.organisations for one in held))
    for value, counts in compared.freshness:
        yield (FRESHNESS, value, "", *counts)
    for table in compared.tables:
        for row in table.rows:
            yield (table.scheme.slug, row.term.code, row.term.label(), *row.counts)
    for year, counts in compared.years:
        yield ("registered", f"{year}", "", *counts)
    for one in held if compared.common else ():
        shared = [compared.common.get((one.term.code, other.term.code), 0) for other in held]
        shown = ["" if o is one else n for o, n in zip(held, shared, strict=True)]
        yield ("in_common", one.term.code, one.term.label(), *shown)
    for number, label in _organisations(compared).items():
        counts = tuple(_count_of(one.counts["organisation"], number) for one in held)
        yield ("organisation", f"{number}", label, *counts)


def _organisations(compared: PlacesCompared) -> dict[int, str]:
    """The fullest organisations of any of the places."""
    return {who.number: who.label() for one in compared.places for who, _count in one.top}


def _count_of(counts: object, number: int) -> int:
    return int(dict(counts).get(str(number), 0))  # type: ignore[call-overload]


def of_entries(compared: EntriesCompared) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Columns and rows: one column for each entry, by its number."""
    columns = (*CSV_HEAD, *(str(page.card.number) for page in compared.entries))
    return columns, _entry_rows(compared)


def _entry_rows(compared: EntriesCompared) -> Iterator[Sequence[object]]:
    pages = compared.entries
    for name, read in _FIELDS:
        yield (name, "", "", *(read(page) for page in pages))
    for one in compared.schemes:
        codes = {term.code: term for term in one.shared}
        held = [{mark.mark.term.code for mark in marks} for marks in one.besides]
        codes |= {m.mark.term.code: m.mark.term for marks in one.besides for m in marks}
        shared = {term.code for term in one.shared}
        for code, term in codes.items():
            cells = (1 if code in shared or code in own else 0 for own in held)
            yield (one.scheme.slug, code, term.label(), *cells)
    for heading, said in compared.sections:
        texts = (one.said.text if one else "" for one in said)
        yield ("section", heading.code, heading.label(), *texts)


def _organisation(page: EntryPage) -> str:
    owner = page.card.organisation
    return owner.name if owner and not owner.unknown else ""


def _from(page: EntryPage) -> str:
    owner = page.card.organisation
    return owner.country.code if owner and owner.country else ""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


_FIELDS = (
    ("title", lambda page: page.card.title.text),
    ("language", lambda page: page.card.title.language),
    ("organisation", _organisation),
    ("from_country", _from),
    ("worldwide", lambda page: 1 if page.card.worldwide else 0),
    ("start", lambda page: str(page.card.starts or "")),
    ("end", lambda page: str(page.card.ends or "")),
    ("registered", lambda page: page.card.registered_on.isoformat()),
    ("confirmed", lambda page: _day(page.confirmed_on)),
    ("website", lambda page: page.website),
    ("summary", lambda page: page.card.summary.text),
)
