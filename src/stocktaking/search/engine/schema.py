"""The fields of the index, and how a document is laid out in them.

Texts arrive normalised, so the index only splits at blanks. ``stems`` holds everything of a
document, a title's stems several times, so that one list of matches serves for finding,
counting and most of the ranking; ``words`` holds the exact words with their positions, for
phrases. Titles and organisations have both once more for themselves.
"""

import json
from dataclasses import asdict, dataclass

import tantivy

from stocktaking.kernel.text.analysis import analyse
from stocktaking.search.rules.values import Document

FORMAT = 3  # a new number makes every node build its index anew
STATE = "_state"
PACKS = ("a", "b", "c")
SEPARATOR = "\x1f"

# How often a text of each kind counts in ``stems``.
REPEATS = {"title": 4, "organisation": 3, "summary": 2, "text": 1}
_KEY_BITS = 40


@dataclass(frozen=True)
class State:
    """How far the index has followed the change log; it is committed with the documents.

    ``position`` is the lowest transaction not yet taken in (PostgreSQL), ``last_id`` the
    highest row taken in and ``last_at`` its moment, by which a restored database is told.
    ``version`` grows with every visible change; indexes of the same changes have the same.
    """

    position: int = 0
    last_id: int = 0
    last_at: str = ""
    version: int = 0
    database: str = ""
    kinds: tuple[str, ...] = ()

    def dumped(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def loaded(text: str) -> "State":
        values = json.loads(text)
        return State(**{**values, "kinds": tuple(values["kinds"])})


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("stems", "title_stems", "organisation_stems"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in ("words", "title_words", "organisation_words"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("source", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("facets", "packed"):
        builder.add_json_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("number", "newest", "registered", "confirmed", "year_from", "year_to"):
        builder.add_unsigned_field(field, fast=True)
    builder.add_text_field("sort_title", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def document_id(kind: str, key: str) -> str:
    return f"{kind}:{key}"


def lay_out(document: Document) -> tantivy.Document:
    """The index's own form of a document; texts that no index can hold are mended."""
    laid = tantivy.Document()
    laid.add_text("id", document_id(document.kind, document.key))
    laid.add_text("kind", document.kind)
    laid.add_text("key", document.key)
    for part in document.parts:
        text = encodable(part.text)
        if not text.strip():
            continue
        found = analyse(text, part.language.split("-")[0].lower())
        laid.add_text("words", found.exact)
        for _ in range(REPEATS[part.kind]):
            laid.add_text("stems", found.stems)
        if part.kind in ("title", "organisation"):
            laid.add_text(f"{part.kind}_words", found.exact)
            laid.add_text(f"{part.kind}_stems", found.stems)
        laid.add_text("source", f"{part.kind}\t{part.language}\t{text}")
    if facets := {slug: list(values) for slug, values in document.facets.items() if values}:
        laid.add_json("facets", facets)
        laid.add_json("packed", {slug: packed(values) for slug, values in facets.items()})
    number = number_of(document.key)
    laid.add_unsigned("number", number)
    laid.add_unsigned("newest", (document.registered << _KEY_BITS) + number)
    laid.add_unsigned("registered", document.registered)
    if document.confirmed:
        laid.add_unsigned("confirmed", document.confirmed)
    if document.year_from or document.year_to:  # of an unknown end only the other is known
        laid.add_unsigned("year_from", document.year_from or document.year_to)
        laid.add_unsigned("year_to", document.year_to or document.year_from)
    laid.add_text("sort_title", f"{sorted_by(document)}\0{document.key.rjust(12, '0')}")
    return laid


def packed(values: list[str]) -> dict[str, str]:
    """The values of a facet in at most three strings: two, two, the rest.

    A column with one string per document is counted some ten times faster than one with
    several values; two by two, the number of different strings stays small.
    """
    ordered = sorted(values)
    groups = (ordered[:2], ordered[2:4], ordered[4:])
    return {name: SEPARATOR.join(g) for name, g in zip(PACKS, groups, strict=True) if g}


def number_of(key: str) -> int:
    """The key as a number where it is the plain form of one, else 0."""
    if key.isascii() and key.isdecimal() and key[0] != "0" and len(key) < 12:
        return int(key)
    return 0


def sorted_by(document: Document) -> str:
    """What a list by title is ordered by: the folded title; those without one come last."""
    title = document.sort_title or next(
        (part.text for part in document.parts if part.kind == "title"), ""
    )
    return analyse(encodable(title[:200]), "").exact or "\U0010ffff"


def state_document(state: State) -> tantivy.Document:
    laid = tantivy.Document()
    laid.add_text("id", STATE)
    laid.add_text("key", state.dumped())
    return laid


def encodable(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
