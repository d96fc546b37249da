"""What somebody asks of the register, read from and written to the parameters of an address.

Reading never fails: what is not understood is left out and named in ``Asked.ignored``, so that
the page can say so. Writing gives one canonical form, sorted and without repetitions:
``parse(asked.pairs(), vocabulary) == asked``.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, get_args
from urllib.parse import urlencode

from stocktaking.kernel.periods import PartialDate
from stocktaking.search.rules.values import Query, Sort

View = Literal["list", "table"]
# Value of a facet as somebody wrote it -> as the index has it; None where it is unknown.
Resolve = Callable[[str], str | None]
Vocabulary = Mapping[str, Resolve]
Pair = tuple[str, str]

SORTS: tuple[Sort, ...] = get_args(Sort)
VIEWS: tuple[View, ...] = get_args(View)
TEXT_MAX = 400  # characters; every link of the page carries them
VALUES_MAX = 300
PAGE_MAX = 100_000
DEEPEST = 100_000  # results that can be paged through; files have them all
IGNORED_MAX = 20
SHOWN_MAX = 60  # characters of an ignored value

YEARS = {"year-from": "year_from", "year-to": "year_to"}
DAYS = {
    f"{of}-{end}": f"{of}_{end}" for of in ("registered", "confirmed") for end in ("from", "to")
}
RANGES = tuple((f"{of}_from", f"{of}_to") for of in ("year", "registered", "confirmed"))
SINGLE = ("q", *YEARS, *DAYS, "sort", "page", "view")


class Reason(StrEnum):
    """Why a parameter was left out; stable codes, the page has the words."""

    UNKNOWN_PARAMETER = "unknown_parameter"
    UNKNOWN_TERM = "unknown_term"
    BAD_YEAR = "bad_year"
    BAD_DATE = "bad_date"
    BAD_PAGE = "bad_page"
    BAD_CHOICE = "bad_choice"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Ignored:
    name: str
    value: str
    reason: Reason


@dataclass(frozen=True)
class Asked:
    """A query with the view it is shown in. Methods give the same question, changed."""

    query: Query = field(default_factory=lambda: Query(sort="newest"))
    view: View = "list"
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)

    def pairs(self) -> list[Pair]:
        """The parameters in canonical order; what is a default is left out."""
        query = self.query
        found = [(name, value) for name, values in query.filters.items() for value in values]
        found += [(name, f"{year:04}") for name, year in self._held(YEARS)]
        found += [(name, written(day, last=name.endswith("to"))) for name, day in self._held(DAYS)]
        if query.text:
            found.append(("q", query.text))
        if query.sort != default_sort(query.text):
            found.append(("sort", query.sort))
        if query.page > 1:
            found.append(("page", str(query.page)))
        if self.view != "list":
            found.append(("view", self.view))
        return sorted(found)

    def _held(self, names: dict[str, str]) -> list[tuple[str, int]]:
        held = ((name, getattr(self.query, attribute)) for name, attribute in names.items())
        return [(name, value) for name, value in held if value is not None]

    def address(self, base: str = "") -> str:
        """``base`` with these parameters behind it."""
        return f"{base}?{urlencode(pairs)}" if (pairs := self.pairs()) else base

    def canonical(self, base: str = "") -> str:
        """The one address that search engines should keep: the same list in any view."""
        return replace(self, view="list").address(base)

    @property
    def choices(self) -> list[Pair]:
        """What narrows the list, besides words: a pair for each chip."""
        return [pair for pair in self.narrowing if pair[0] != "q"]

    @property
    def narrowing(self) -> list[Pair]:
        """All that narrows the list, its words as well."""
        return [pair for pair in self.pairs() if pair[0] not in ("sort", "page", "view")]

    @property
    def narrowed(self) -> bool:
        return bool(self.choices or self.query.text)

    @property
    def indexable(self) -> bool:
        """Whether search engines should keep the page: not for words or rare combinations."""
        return not self.query.text and len(self.choices) <= 2

    def on_page(self, page: int) -> "Asked":
        return replace(self, query=replace(self.query, page=page), ignored=())

    def in_view(self, view: View) -> "Asked":
        return replace(self, view=view, ignored=())

    def sorted_by(self, sort: Sort) -> "Asked":
        return self._again(sort=sort)

    def saying(self, text: str) -> "Asked":
        """The same filters with other words (or none)."""
        return self._again(text=text)

    def without(self, name: str, value: str | None = None) -> "Asked":
        """Without one value of a filter, or without the whole filter; from the first page."""
        if attribute := (YEARS | DAYS).get(name):
            return self._again(**{attribute: None})
        filters = dict(self.query.filters)
        left = tuple(v for v in filters.pop(name, ()) if value is not None and v != value)
        return self._again(filters={**filters, name: left} if left else filters)

    def with_value(self, name: str, value: str) -> "Asked":
        values = tuple(sorted({*self.query.filters.get(name, ()), value}))
        return self._again(filters={**self.query.filters, name: values})

    def cleared(self) -> "Asked":
        """The whole register, in the same view."""
        return Asked(view=self.view)

    def _again(self, **changes: object) -> "Asked":
        query = replace(self.query, page=1, **changes)  # type: ignore[arg-type]
        was_default = self.query.sort == default_sort(self.query.text)
        pointless = not query.text and query.sort == "relevance"
        if pointless or (was_default and "sort" not in changes):
            query = replace(query, sort=default_sort(query.text))
        return replace(self, query=query, ignored=())


def default_sort(text: str) -> Sort:
    return "relevance" if text else "newest"


def parse(given: Iterable[Pair], vocabulary: Vocabulary) -> Asked:
    """Read parameters; ``vocabulary`` knows the facets and their values."""
    reading = _Reading(vocabulary)
    for name, value in given:
        reading.take(name, value)
    return reading.asked()


class _Reading:
    """One pass over the parameters, keeping what is understood."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.filters: dict[str, set[str]] = {}
        self.single: dict[str, str] = {}
        self.held: dict[str, int | str] = {}
        self.ignored: list[Ignored] = []

    def take(self, name: str, value: str) -> None:
        name, said = tidy(name[:SHOWN_MAX]), tidy(value[: 4 * TEXT_MAX])
        if not said:  # what an untouched field of the form sends
            return
        if name in SINGLE:
            self._take_single(name, said)
        elif name in self.vocabulary:
            self._take_value(name, said)
        else:
            self._ignore(name, said, Reason.UNKNOWN_PARAMETER)

    def _take_value(self, name: str, said: str) -> None:
        known = self.vocabulary[name](said)
        if known is None:
            self._ignore(name, said, Reason.UNKNOWN_TERM)
        elif sum(map(len, self.filters.values())) >= VALUES_MAX:
            self._ignore(name, said, Reason.TOO_MANY)
        else:
            self.filters.setdefault(name, set()).add(known)

    def _take_single(self, name: str, said: str) -> None:
        if name in self.single:
            if self.single[name] != said:
                self._ignore(name, said, Reason.REPEATED)
            return
        self.single[name] = said
        if name == "q":
            self._take_text(said)
        elif name in YEARS:
            self._keep(name, YEARS[name], said, year(said), Reason.BAD_YEAR)
        elif name in DAYS:
            day_said = day(said, last=name.endswith("to"))
            self._keep(name, DAYS[name], said, day_said, Reason.BAD_DATE)
        elif name == "page":
            self._keep(name, "page", said, page(said), Reason.BAD_PAGE)
        else:
            choices: tuple[str, ...] = SORTS if name == "sort" else VIEWS
            choice = said.lower() if said.lower() in choices else None
            self._keep(name, name, said, choice, Reason.BAD_CHOICE)

    def _take_text(self, said: str) -> None:
        if len(said) > TEXT_MAX:
            self._ignore("q", said, Reason.TOO_LONG)
        self.held["text"] = said[:TEXT_MAX].rstrip()

    def _keep(
        self, name: str, attribute: str, said: str, value: int | str | None, reason: Reason
    ) -> None:
        if value is None:
            self._ignore(name, said, reason)
        else:
            self.held[attribute] = value

    def _ignore(self, name: str, said: str, reason: Reason) -> None:
        one = Ignored(name, said[:SHOWN_MAX], reason)
        if len(self.ignored) < IGNORED_MAX and one not in self.ignored:
            self.ignored.append(one)

    def asked(self) -> Asked:
        held = dict(self.held)
        view = held.pop("view", "list")
        for first, last in RANGES:  # a span written backwards is read forwards
            if first in held and last in held and held[first] > held[last]:  # type: ignore[operator]
                held[first], held[last] = _turned(first, held[first], held[last])  # type: ignore[arg-type]
        text = str(held.get("text", ""))
        if not text and held.get("sort") == "relevance":
            held.pop("sort")
        held.setdefault("sort", default_sort(text))
        filters = {name: tuple(sorted(values)) for name, values in sorted(self.filters.items())}
        query = Query(filters=filters, **held)  # type: ignore[arg-type]
        return Asked(query, view, tuple(self.ignored))  # type: ignore[arg-type]


def _turned(attribute: str, first: int, last: int) -> tuple[int, int]:
    """The ends of a span in order; a year or a month given as an end is meant whole."""
    if attribute == "year_from":
        return last, first
    start = PartialDate.parse(written(last, last=True)).date
    end = PartialDate.parse(written(first, last=False)).last_day()
    return start.toordinal(), end.toordinal()


def tidy(text: str) -> str:
    """On one line, without control characters and what is left of a broken encoding."""
    kept = (" " if _is_noise(letter) else letter for letter in text)
    return " ".join("".join(kept).split())


def _is_noise(letter: str) -> bool:
    return letter in "\ufffd\ufffe\uffff" or unicodedata.category(letter) in ("Cc", "Cs")


def year(said: str) -> int | None:
    if not re.fullmatch(r"\d{4}", said) or int(said) < 1:
        return None
    return int(said)


def day(said: str, *, last: bool) -> int | None:
    """The ordinal of the first (or last) day that a year, a month or a day may mean."""
    try:
        date = PartialDate.parse(said)
        return (date.last_day() if last else date.date).toordinal()
    except (ValueError, OverflowError):
        return None


def written(ordinal: int, *, last: bool) -> str:
    """The shortest way to write a day that begins (or ends) a span."""
    date = dt.date.fromordinal(ordinal)
    if (date.month, date.day) == ((12, 31) if last else (1, 1)):
        return f"{date.year:04}"
    edge = (date + dt.timedelta(days=1)).day == 1 if last else date.day == 1
    return date.isoformat()[:7] if edge else date.isoformat()


def page(said: str) -> int | None:
    """A page from 1; a number too large to exist becomes the largest one."""
    if not re.fullmatch(r"\d+", said):
        return None
    number = int(said) if len(said) <= 9 else PAGE_MAX
    return min(number, PAGE_MAX) if number > 0 else None
