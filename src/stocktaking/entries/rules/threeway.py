"""What becomes of an entry when a source states it again: a merge of three sides.

``base`` is what the source said last time, ``ours`` what the entry says now, ``theirs`` what the
source says now; all in parts (``rules.parts``). A part that one side changed takes that change;
one that both changed differently is a conflict. Nothing here knows where the sides come from.
"""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from stocktaking.entries.rules.parts import LANGUAGE, REGISTERED, Key, Parts
from stocktaking.entries.states import Basis


class Conflict(StrEnum):
    """What is done with a part that both sides changed."""

    KEEP = "keep"  # ours stays, and it is said
    REPLACE = "replace"  # theirs comes in, and it is said
    REFUSE = "refuse"  # nothing of the record is taken


@dataclass(frozen=True)
class Merged:
    """The merged parts, and the keys of those that both sides had changed."""

    parts: Parts
    conflicts: tuple[Key, ...] = ()


# whoever acts for the entry, or an editor, has said so: no import weakens or drops it
HELD = (Basis.OWNER, Basis.EDITOR)
_RANK = {Basis.SUGGESTED: 0, Basis.IMPORT: 1, Basis.EDITOR: 2, Basis.OWNER: 3}
# every entry has these: a source that says nothing of them takes nothing away
_LASTING = (REGISTERED, LANGUAGE)
_ABSENT: Any = None


def covered(key: Key, stated: Set[str] | None) -> bool:
    """Whether a source that speaks of the parts ``stated`` (None: of all) speaks of this one.

    A name covers what lies below it: ``texts``, ``texts.fr``, ``terms.sdg``, ``start``; who
    wrote a text goes with the title. ``texts.*.title`` are the titles in all languages.
    """
    if stated is None:
        return True
    if key[0] == "texts":
        part = "title" if key[2] == "origin" else key[2]
        return not stated.isdisjoint(
            ("texts", f"texts.{key[1]}", f"texts.{key[1]}.{part}", f"texts.*.{part}")
        )
    return any(".".join(key[:steps]) in stated for steps in range(1, len(key) + 1))


def merge(
    base: Mapping[Key, Any],
    ours: Mapping[Key, Any],
    theirs: Mapping[Key, Any],
    *,
    stated: Set[str] | None = None,
    conflict: Conflict = Conflict.KEEP,
    protect: bool = True,
) -> Merged:
    """Merge the parts that ``theirs`` speaks of into ``ours``; all others stay.

    ``base`` is empty where nothing is known of last time: then what both say differently is a
    conflict, and lists are joined. ``protect`` keeps terms that owners or editors have stated;
    without it the other side is a person who edited an export and may drop them.
    """
    merged: Parts = {}
    conflicts: list[Key] = []
    for key in dict.fromkeys((*ours, *theirs)):
        sides = (base.get(key), ours.get(key), theirs.get(key))
        if sides[1] == sides[2] or not covered(key, stated):
            result, clash = sides[1], False
        elif key[0] == "terms":
            result, clash = _terms(*sides, conflict, protect)
        else:
            result, clash = _plain(*sides, conflict)
            if result is _ABSENT and key in _LASTING:
                result = sides[1]
            # who wrote a text goes with the text; of itself it is no matter of dispute
            clash = clash and key[-1] != "origin"
        if result is not _ABSENT:
            merged[key] = result
        if clash:
            conflicts.append(key)
    _complete_texts(merged, ours, theirs)
    return Merged(_in_order(merged, base, ours, theirs, stated), tuple(conflicts))


def _in_order(
    merged: Parts,
    base: Mapping[Key, Any],
    ours: Mapping[Key, Any],
    theirs: Mapping[Key, Any],
    stated: Set[str] | None,
) -> Parts:
    """The order of lists is ours, but for a list that only the source has put into another."""
    sides = [_lists(one) for one in (merged, base, ours, theirs)]
    moved = {
        at: wanted
        for at, wanted in sides[3].items()
        if len(wanted) > 1
        and sides[0].get(at) != wanted
        and sides[1].get(at) == sides[2].get(at)
        and set(sides[0].get(at, ())) == set(wanted)
        and covered(wanted[0], stated)
    }
    if not moved:
        return merged
    placed = {at: iter(keys) for at, keys in moved.items()}
    ordered: Parts = {}
    for key in merged:
        key = next(placed[at]) if (at := _list_of(key)) in placed else key
        ordered[key] = merged[key]
    return ordered


def _lists(parts: Mapping[Key, Any]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = {}
    for key in parts:
        if at := _list_of(key):
            found.setdefault(at, []).append(key)
    return found


def _list_of(key: Key) -> Key:
    """The list that a part stands in; () where it stands in none, or the order says nothing."""
    if key[0] == "terms" and len(key) == 3:
        return key[:2]
    return key[:1] if key[0] in ("partners", "links", "images") else ()


def _plain(base: Any, ours: Any, theirs: Any, conflict: Conflict) -> tuple[Any, bool]:
    if theirs == base:
        return ours, False
    if ours == base:
        return theirs, False
    return (theirs if conflict == Conflict.REPLACE else ours), True


def _terms(
    base: Any, ours: Any, theirs: Any, conflict: Conflict, protect: bool
) -> tuple[Any, bool]:
    """One term [basis, note, language], or the terms of a single-valued scheme with their codes."""
    if theirs is _ABSENT and protect and _is_held(ours):
        return ours, False
    if ours is _ABSENT or theirs is _ABSENT:
        return _plain(base, ours, theirs, conflict)
    if not isinstance(ours[0], list):
        return _term(base, ours, theirs, conflict, protect)
    before = {one[0]: one[1:] for one in base or ()}
    now = {one[0]: one[1:] for one in theirs}
    if [one[0] for one in ours] != [one[0] for one in theirs]:
        return _plain(base, ours, theirs, conflict)
    both = [
        (code, _term(before.get(code), said, now[code], conflict, protect)) for code, *said in ours
    ]
    return [[code, *said] for code, (said, _) in both], any(clash for _, (_, clash) in both)


def _is_held(said: Any) -> bool:
    if said is _ABSENT:
        return False
    bases = [one[1] for one in said] if isinstance(said[0], list) else [said[0]]
    return any(basis in HELD for basis in bases)


def _term(
    base: Any, ours: Any, theirs: Any, conflict: Conflict, protect: bool
) -> tuple[list[str], bool]:
    """Both sides state the term: the basis that carries more weight stays in a dispute."""
    was = base or [_ABSENT, "", ""]
    if protect and ours[0] in HELD:
        basis = ours[0]
    elif theirs[0] == was[0] or ours[0] == was[0]:
        basis = ours[0] if theirs[0] == was[0] else theirs[0]
    else:
        basis = max(ours[0], theirs[0], key=lambda one: _RANK[Basis(one)])
    note, clash = (
        (ours[1:], False)
        if ours[1:] == theirs[1:]
        else _plain(was[1:], ours[1:], theirs[1:], conflict)
    )
    return [basis, *note], clash


def _complete_texts(merged: Parts, ours: Mapping[Key, Any], theirs: Mapping[Key, Any]) -> None:
    """A summary is not left without a title: one side may have removed the language."""
    for key in [one for one in merged if one[0] == "texts" and one[2] == "summary"]:
        title = ("texts", key[1], "title")
        if title not in merged and (known := theirs.get(title) or ours.get(title)):
            merged[title] = known


def told_instead(
    theirs: Mapping[Key, Any], stored: Mapping[Key, Any], stated: Set[str] | None
) -> list[list[Any]]:
    """Where the source said something else than what was stored: pairs of key and what it said,
    None where it said nothing. ``as_said`` turns it back."""
    pairs: list[list[Any]] = []
    for key in dict.fromkeys((*stored, *theirs)):
        said = theirs.get(key) if covered(key, stated) else _ABSENT
        if said is _ABSENT and key in _LASTING:
            continue
        if said != stored.get(key):
            pairs.append([list(key), said])
    return pairs


def as_said(stored: Mapping[Key, Any], instead: Collection[list[Any]]) -> Parts:
    """What the source had said, from what was stored and what ``told_instead`` kept."""
    parts = dict(stored)
    for key, said in instead:
        if said is _ABSENT:
            parts.pop(tuple(key), None)
        else:
            parts[tuple(key)] = said
    return parts
