"""What changed between two versions: field by field, and word by word within a text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Literal

from stocktaking.entries.rules.values import SCALARS, EntryValues

# words with the space after them; letters of scripts without spaces one by one
_SOLID = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_WORDS = re.compile(rf"[{_SOLID}]|[^\s{_SOLID}]+\s*|\s+")
# steps of a comparison by words; about a quarter of a second
STEPS_MAX = 2_000_000

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Piece:
    """A run of text that both versions have, or only the older, or only the newer."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field that differs. ``item`` says which of several: a scheme, a section.

    ``pieces`` of a text join to the older text without the added ones and to the newer one
    without the removed ones; each piece of a list is one of its items.
    """

    field: str
    item: str
    language: str
    is_list: bool
    pieces: tuple[Piece, ...]


@dataclass
class Effort:
    """How many steps comparisons may still take; one may be shared by all texts of a page."""

    left: int = STEPS_MAX

    def at_once(self) -> int:
        """As many pairs of words as can be compared: each is looked at several times."""
        return min(self.left, STEPS_MAX) // 8

    def spend(self, steps: int) -> bool:
        """Whether there was so much left."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


Place = tuple[str, str, str]  # field, item, language
# qualities of a term or text; where that came or went as a whole they say nothing new
_OF_ANOTHER = ("basis", "origin")
_SINGLE = (*SCALARS, "registered_on", "registered_on_assumed")


def differences(
    older: EntryValues, newer: EntryValues, effort: Effort | None = None
) -> list[FieldChange]:
    """All changed fields, in the order of the form."""
    before, after = dict(_flat(older)), dict(_flat(newer))
    changes = []
    for place in dict.fromkeys((*before, *after)):
        was, now = before.get(place, ""), after.get(place, "")
        if was == now or (place[0] in _OF_ANOTHER and not (was and now)):
            continue
        is_list = isinstance(was, tuple) or isinstance(now, tuple)
        # of its own for each text, unless one is shared
        pieces = (
            item_pieces(was or (), now or (), effort)
            if is_list
            else text_pieces(str(was), str(now), effort)
        )
        changes.append(FieldChange(*place, is_list, pieces))
    order = {name: place for place, name in enumerate(_ORDER)}
    return sorted(changes, key=lambda change: order[change.field])


def text_pieces(older: str, newer: str, effort: Effort | None = None) -> tuple[Piece, ...]:
    """A difference by words, or by lines where that would take too long."""
    effort = effort or Effort()
    was, now = _WORDS.findall(older), _WORDS.findall(newer)
    if _pairs(was, now) > effort.at_once():
        was, now = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    return tuple(Piece(kind, "".join(run)) for kind, run in _runs(was, now, effort))


def item_pieces(
    older: Sequence[str], newer: Sequence[str], effort: Effort | None = None
) -> tuple[Piece, ...]:
    """A difference by items of a list."""
    runs = _runs(older, newer, effort or Effort())
    return tuple(Piece(kind, item) for kind, run in runs for item in run)


def _runs(
    older: Sequence[str], newer: Sequence[str], effort: Effort
) -> Iterator[tuple[Kind, Sequence[str]]]:
    first, last = _alike(older, newer)
    if first:
        yield "same", older[:first]
    was, now = older[first : len(older) - last], newer[first : len(newer) - last]
    if was or now:
        yield from _between(was, now, effort)
    if last:
        yield "same", older[len(older) - last :]


def _between(
    older: Sequence[str], newer: Sequence[str], effort: Effort
) -> Iterator[tuple[Kind, Sequence[str]]]:
    for tag, a1, a2, b1, b2 in _Matcher(older, newer, effort).get_opcodes():
        if tag == "equal":
            yield "same", older[a1:a2]
            continue
        if a2 > a1:
            yield "removed", older[a1:a2]
        if b2 > b1:
            yield "added", newer[b1:b2]


def _alike(older: Sequence[str], newer: Sequence[str]) -> tuple[int, int]:
    """How many items are the same at the beginning, and at the end of the rest."""
    most = min(len(older), len(newer))
    first = next((n for n in range(most) if older[n] != newer[n]), most)
    most -= first
    last = next((n for n in range(most) if older[-1 - n] != newer[-1 - n]), most)
    return first, last


def _pairs(older: Sequence[str], newer: Sequence[str]) -> int:
    """How many pairs of equal items there are: what a comparison has to look at."""
    first, last = _alike(older, newer)
    counts = Counter(newer[first : len(newer) - last])
    return sum(counts[item] for item in older[first : len(older) - last])


class _Matcher(SequenceMatcher[str]):
    """Gives up on what is left, as if nothing in it were alike, when the effort is spent."""

    def __init__(self, older: Sequence[str], newer: Sequence[str], effort: Effort) -> None:
        super().__init__(None, older, newer, autojunk=False)
        counts = Counter(newer)
        self._effort = effort
        self._steps = [0, *accumulate(counts[item] + 1 for item in older)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        steps = self._steps[ahi if ahi is not None else -1] - self._steps[alo]
        if not self._effort.spend(steps):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


_ORDER = (
    "title",
    "summary",
    "origin",
    "section",
    "terms",
    "basis",
    "note",
    *_SINGLE,
    "partners",
    "links",
    "images",
    "identifiers",
    "collections",
    "extra",
)


def _flat(values: EntryValues) -> Iterator[tuple[Place, str | tuple[str, ...]]]:
    """Every field of an entry at a place of its own."""
    for text in values.texts:
        yield ("title", "", text.language), text.title
        yield ("summary", "", text.language), text.summary
        yield ("origin", "", text.language), text.origin.value
    for section in values.sections:
        yield ("section", section.code, section.language), section.text
        yield ("origin", section.code, section.language), section.origin.value
    schemes: dict[str, list[str]] = {}
    for term in values.terms:
        schemes.setdefault(term.scheme, []).append(term.code)
        yield ("basis", f"{term.scheme}:{term.code}", ""), term.basis.value
        yield ("note", f"{term.scheme}:{term.code}", term.note_language), term.note
    for scheme, codes in schemes.items():
        yield ("terms", scheme, ""), tuple(codes)
    for name in _SINGLE:
        stated = getattr(values, name)
        yield (name, "", ""), "" if stated is None else str(stated)
    for name in ("partners", "links", "images", "identifiers"):
        yield (name, "", ""), tuple(_one_line(part) for part in getattr(values, name))
    yield ("collections", "", ""), values.collections
    for key, fact in values.extra.items():
        yield ("extra", key, ""), str(fact)


def _one_line(part: object) -> str:
    stated = (getattr(part, one.name) for one in fields(part))  # type: ignore[arg-type]
    return " · ".join(str(value) for value in stated if value not in ("", None))
