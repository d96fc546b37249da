"""What all trends of one question share: its spans of time and the counts in them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.trends.values import Basis, Link, Row, Value
from stocktaking.insight.rules.trends import shares
from stocktaking.insight.rules.trends.spans import Span, bounds, lately, spans
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.kernel.lookups import Among
from stocktaking.reference.queries import SchemeView, TermView, catalogue
from stocktaking.search.queries import matching_keys
from stocktaking.search.queries.among import among
from stocktaking.search.queries.over_time import extent, over_time
from stocktaking.search.rules.over_time import Counts, OverTime
from stocktaking.search.rules.values import Query

LISTED = 5000  # entries that are looked at one by one
NAMED = 2000  # entries that the index is asked for by name
LTR, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True)
class Counted:
    """A question, counted. ``facets`` are those that its trends need."""

    query: Query
    facets: tuple[str, ...]
    today: dt.date
    language: str
    link: Link

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        found = extent(self.query)
        if found is None:
            return ()
        until = min(self.today.toordinal(), self.query.registered_to or self.today.toordinal())
        return spans(*found, until=until)

    @cached_property
    def over(self) -> OverTime:
        return over_time(self.query, bounds=bounds(self.spans), facets=self.facets)

    @cached_property
    def total(self) -> int:
        return self.over.total

    @cached_property
    def assumed(self) -> int | None:
        """How many entries have a day of registration that their source does not state; None
        where there are too many to look at each of them."""
        rows = Entry.objects.filter(state=EntryState.PUBLISHED, registered_on_assumed=True)
        if self.query == plain(Query()):
            return rows.count()
        if self.total <= LISTED:
            found = [int(key) for key in matching_keys(self.query)]
            return rows.filter(Among(F("number"), found)).count()
        held = [str(number) for number in rows.values_list("number", flat=True)[: NAMED + 1]]
        return None if len(held) > NAMED else len(among(self.query, held) or ())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.named(span) for span in self.spans)

    def named(self, *neighbours: Span) -> str:
        """Neighbouring spans as one; what is of several years reads from left to right in every
        language."""
        if not neighbours:
            return ""
        name = Span(neighbours[0].first, neighbours[-1].last).name
        rtl = languages.BY_CODE[self.language].rtl
        return f"{LTR}{name}{END}" if rtl and not name.isdecimal() else name

    @property
    def open(self) -> bool:
        return bool(self.spans) and self.spans[-1].open

    def of(self, facet: str, term: TermView) -> Counts:
        return self.over.of(facet, term.code)

    def url(self, facet: str, term: TermView, span: Span | None = None) -> str:
        return self.link(((facet, term.code),), span)

    def label(self, term: TermView) -> str:
        return term.short_label(self.language)

    @property
    def recent(self) -> int:
        """How many spans at the end are compared with those before."""
        return lately(self.spans)

    def split(self, counts: Sequence[int]) -> tuple[int, int]:
        """The sum before, and the sum lately."""
        cut = len(counts) - self.recent
        return sum(counts[:cut]), sum(counts[cut:])

    @property
    def periods(self) -> tuple[str, str]:
        """The names of the two periods that are compared."""
        cut = len(self.spans) - self.recent
        return self.named(*self.spans[:cut]), self.named(*self.spans[cut:])

    def changes(self, facet: str, terms: Iterable[TermView]) -> dict[str, shares.Change]:
        """How the share of each term changed, by code; terms that nothing carries left out."""
        carried = {t.code: c for t in terms if any(c := self.of(facet, t))}
        before, after = self.split(self.over.spans)
        found = {}
        for code, counts in carried.items():
            first, second = self.split(counts)
            found[code] = shares.change((first, before), (second, after), compared=len(carried))
        return found

    def source(self, basis: Basis = Basis.NONE, *more: str) -> tuple[str, ...]:
        """Whole sentences: what is counted, of which day, on which basis."""
        said = ngettext(
            "%(count)s published entry of the register, as of %(day)s.",
            "%(count)s published entries of the register, as of %(day)s.",
            self.total,
        ) % {"count": figure(self.total), "day": day_in_words(self.today, self.language)}
        return tuple(s for s in (said, basis_in_words(basis), *more, self._dated()) if s)

    def _dated(self) -> str:
        if self.assumed is None:
            return _("For some entries the day of registration is assumed.")
        if not self.assumed:
            return ""
        return ngettext(
            "For %(count)s entry the day of registration is assumed: its source does not state it.",
            "For %(count)s entries the day of registration is assumed: their sources do not"
            " state it.",
            self.assumed,
        ) % {"count": figure(self.assumed)}

    def unfinished(self) -> str:
        """That the last span is not over, or not asked for whole, where it is so."""
        if not self.open:
            return ""
        return _("%(span)s is not whole and drawn as an outline.") % {"span": self.names[-1]}


def basis_in_words(basis: Basis) -> str:
    if basis is Basis.FROM:
        return _(
            "Counted by where an entry is from: the region of its organisation. International"
            " organisations are a region of their own."
        )
    if basis is Basis.SEAT:
        return _(
            "Counted by where an entry is from: the country in which its organisation has its"
            " seat, also that of an international one."
        )
    if basis is Basis.WORKS:
        return _("Counted by where an entry works: it counts in every place that it names.")
    return ""


def scheme_of(slug: str) -> SchemeView | None:
    """A scheme of the framework with terms that an entry may carry."""
    found = catalogue().scheme(slug)
    return found if found is not None and found.assignable else None


def code_of(term: TermView) -> str:
    """Codes that people use, such as C7; words and those of places are not said."""
    code = term.code if term.colour else term.group_code
    return code if any(letter.isdigit() for letter in code) else ""


def ranked(terms: Iterable[tuple[TermView, int]]) -> list[tuple[TermView, int]]:
    """Those that are counted, the most first."""
    held = [pair for pair in terms if pair[1]]
    return sorted(held, key=lambda pair: (-pair[1], pair[0].order, pair[0].code))


def row(*values: Value, url: str = "", code: str = "") -> Row:
    return Row(values, url, code)


def plain(query: Query) -> Query:
    """The question without what only orders and pages a list."""
    return replace(query, sort="newest" if not query.text else query.sort, page=1, size=1)


def day_in_words(day: dt.date, language: str) -> str:
    # Django's English is American; the register writes day, month, year
    return formats.date_format(day, "j F Y" if language == "en" else "DATE_FORMAT")
