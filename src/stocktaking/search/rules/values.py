"""The values that go into the index and come out of it. The index knows no subject."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

TextKind = Literal["title", "summary", "text", "organisation"]
Sort = Literal["relevance", "newest", "oldest", "title", "start"]


@dataclass(frozen=True)
class TextPart:
    """A text of a document in one language; ``kind`` decides its weight."""

    kind: TextKind
    language: str
    text: str


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    ``facets`` maps a facet's slug to its values, groups already rolled up (a country's region
    stands under ``region``). ``registered`` and the years are for range filters and sorting;
    ``year_from``/``year_to`` is the span in which it was active (inclusive); ``confirmed`` is the
    day on which somebody last vouched for it (0: nobody ever did).
    """

    kind: str
    key: str
    parts: tuple[TextPart, ...]
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    registered: int = 0  # date.toordinal()
    year_from: int = 0
    year_to: int = 0
    confirmed: int = 0  # date.toordinal()
    sort_title: str = ""


@dataclass(frozen=True)
class Band:
    """A value of a facet that no document carries: it means that ``confirmed`` lies between two
    days (inclusive), which move on with the calendar while the documents stay as they are."""

    value: str
    first: int  # date.toordinal()
    last: int


class Provider(Protocol):
    """An app's documents of one kind. Registered with ``search.registry.provide``."""

    kind: str

    def keys(self) -> Iterator[str]:
        """Keys of all documents that should be in the index."""

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """The documents of these keys; a key without one is dropped from the index."""


@dataclass(frozen=True)
class Query:
    """What somebody asks: words, filters (OR within a facet, AND between), ranges, order."""

    text: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    registered_from: int | None = None  # date.toordinal()
    registered_to: int | None = None
    confirmed_from: int | None = None  # date.toordinal()
    confirmed_to: int | None = None
    sort: Sort = "relevance"  # "newest" where there are no words
    page: int = 1
    size: int = 20
    kind: str = "entry"


@dataclass(frozen=True)
class Segment:
    """A piece of a snippet; ``marked`` pieces matched the words asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    key: str
    score: float
    snippet: tuple[Segment, ...] = ()  # cut from the original text; empty without words
    snippet_language: str = ""


@dataclass(frozen=True)
class Answer:
    """One page of results. ``facets`` counts ignore the filter of their own facet."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]
    suggestion: str | None  # "did you mean", offered when few are found
    problems: tuple[str, ...]  # stable codes: unbalanced_quote, too_long, ...
    data_version: int
