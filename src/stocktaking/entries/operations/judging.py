"""What is to be done with each row of an import, decided before anything is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stocktaking.entries.models import Entry
from stocktaking.entries.operations import statements
from stocktaking.entries.operations.importing_values import (
    ImportedRow,
    Outcome,
    Verdict,
    renumbered,
)
from stocktaking.entries.operations.refusals import all_of, refused
from stocktaking.entries.operations.statements import Place, Said
from stocktaking.entries.operations.surroundings import Identifier, Surroundings
from stocktaking.entries.rules.acceptance import faults
from stocktaking.entries.rules.parts import Parts, parts_of, values_from
from stocktaking.entries.rules.shapes import Fault
from stocktaking.entries.rules.threeway import Conflict, Merged, merge, told_instead
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import EntryState, withdrawn_by_undoing
from stocktaking.kernel.errors import RuleBroken, RulesBroken

SHOWN = 80  # characters of what each side says, in a note
Numbered = tuple[int, ImportedRow]


@dataclass(frozen=True)
class Found:
    """What is known of the entries that the rows of a chunk belong to."""

    entries: dict[int, Entry]
    contents: dict[int, EntryValues]  # the newest
    said: dict[Place, Said]
    versions: dict[tuple[int, int], EntryValues]  # older contents, by number and version
    absorbed: Collection[Identifier] = ()  # of records that a merge has put behind another


@dataclass(frozen=True)
class Change:
    """A row that changes an entry. ``values`` is None where only what was said is news, or
    where a withdrawn entry comes back as it was."""

    place: int
    row: ImportedRow
    entry: Entry
    values: EntryValues | None
    differs: list[list[Any]]
    settled: bool  # no part is left on which both sides disagree
    version_before: int
    back: bool = False
    notes: tuple[Fault, ...] = ()


@dataclass
class Judged:
    """The rows of a chunk by what is to be done with them."""

    new: list[Numbered] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def places(self) -> list[int]:
        """The places of the rows that make or change an entry."""
        changed = [one.place for one in self.changed if one.values is not None or one.back]
        return [*(place for place, _ in self.new), *changed]

    def renumber(self, numbers: Mapping[int, int]) -> None:
        """Put the numbers that organisations have got in the place of negative ones."""
        self.new = [(place, _row(row, numbers)) for place, row in self.new]
        self.changed = [
            replace(
                change,
                row=_row(change.row, numbers),
                values=renumbered(change.values, numbers) if change.values else None,
                differs=[[key, _said(key, said, numbers)] for key, said in change.differs],
            )
            for change in self.changed
        ]


def judge(rows: Sequence[Numbered], around: Surroundings, found: Found) -> Judged:
    """Sort the rows; nothing is read or written."""
    judged = Judged()
    single = around.single
    spoken: set[int] = set()  # entries that a row of this chunk belongs to
    claimed: set[Identifier] = set()  # identifiers that new entries of this chunk will have
    for place, row in rows:
        try:
            number = entry_of(row, around.holders)
            own = {(one.system, one.value) for one in row.values.identifiers}
            if number is None:
                _check(row.values, around, None, None, claimed)
                judged.new.append((place, row))
                claimed |= own
                continue
            if row.number is None and own and own <= set(found.absorbed):
                judged.verdicts.append(_absorbed(place, found.entries[number]))
                continue
            change = _against(place, row, number, around, found, single, claimed)
            if number in spoken:
                raise refused("identifier_ambiguous", "identifiers")
        except RuleBroken as broken:
            errors = tuple(broken.errors) if isinstance(broken, RulesBroken) else (broken,)
            judged.verdicts.append(Verdict(place, Outcome.REFUSED, None, errors))
            continue
        if change is None:
            version = found.entries[number].version
            judged.verdicts.append(Verdict(place, Outcome.UNCHANGED, number, (), version, version))
            continue
        spoken.add(number)
        judged.changed.append(change)
    return judged


def _absorbed(place: int, entry: Entry) -> Verdict:
    """Two records of one source tell of one entry since it took in another: the first counts, for
    else each run would bring in both in turn."""
    told = Fault("record_merged", "identifiers", {"number": entry.number})
    version = entry.version
    return Verdict(place, Outcome.UNCHANGED, entry.number, (), version, version, (told,))


def _row(row: ImportedRow, numbers: Mapping[int, int]) -> ImportedRow:
    return replace(row, values=renumbered(row.values, numbers))


def _said(key: list[str], said: Any, numbers: Mapping[int, int]) -> Any:
    if key[0] == "organisation":
        return numbers.get(said, said)
    return [numbers.get(said[0], said[0])] if key[0] == "partners" and said else said


def entry_of(row: ImportedRow, holders: dict[Identifier, int]) -> int | None:
    """The number of the entry that a row belongs to."""
    if row.number is not None:
        return row.number
    known = {
        holders[key]
        for key in ((one.system, one.value) for one in row.values.identifiers)
        if key in holders
    }
    if len(known) > 1:
        raise refused("identifier_ambiguous", "identifiers")
    return known.pop() if known else None


def says_nothing_new(row: ImportedRow, number: int, said: dict[Place, Said]) -> bool:
    """The source repeats, to the letter, what it said last time."""
    last = said.get((number, row.speaker))
    return (
        last is not None
        and row.number is None
        and bool(last.fingerprint)
        and last.fingerprint == statements.fingerprint(row)
    )


def _against(
    place: int,
    row: ImportedRow,
    number: int,
    around: Surroundings,
    found: Found,
    single: Collection[str],
    claimed: Collection[Identifier],
) -> Change | None:
    """The change that a row makes to its entry, None where it makes none."""
    entry = found.entries.get(number)
    if entry is None:
        raise refused("entry_unknown", "number")
    undone = bool(withdrawn_by_undoing(entry.withdrawal_reason))
    # taking out what was undone and sending it back is no wish to have it again
    back = entry.state == EntryState.WITHDRAWN and undone and row.number is None
    if not back and says_nothing_new(row, number, found.said):
        return None
    if entry.state == EntryState.WITHDRAWN and row.number is None and not back:
        raise refused("entry_withdrawn", "identifiers")
    before = found.contents[number]
    ours, theirs = parts_of(before, single=single), parts_of(row.values, single=single)
    base = _base(row, number, ours, found, single)
    twice = [one for one in faults(row.values, around.known) if one.code in _TWICE]
    if twice:  # in parts they would be one
        raise all_of(twice)
    merged = merge(
        base,
        ours,
        theirs,
        stated=row.stated,
        conflict=row.conflict,
        protect=row.number is None,
    )
    if merged.conflicts and row.conflict == Conflict.REFUSE:
        raise all_of(_notes("conflict_refused", merged, ours, theirs))
    news = merged.parts != ours or list(merged.parts) != list(ours)
    if news and entry.state == EntryState.WITHDRAWN and not back:
        raise refused("entry_withdrawn", "number")
    values = values_from(merged.parts) if news else None
    if values is not None:
        _check(values, around, number, before, claimed)
    kept = merged.conflicts if row.conflict == Conflict.KEEP else ()
    said = {**theirs}
    for key in kept:  # settled by nobody yet: the next run finds the same two sides
        said.pop(key, None)
        if key in base:
            said[key] = base[key]
    code = "conflict_kept" if row.conflict == Conflict.KEEP else "conflict_replaced"
    return Change(
        place,
        row,
        entry,
        values,
        told_instead(said, merged.parts, row.stated),
        not kept,
        entry.version,
        back,
        tuple(_notes(code, merged, ours, theirs)),
    )


_TWICE = ("duplicate", "duplicate_term")


def _base(
    row: ImportedRow, number: int, ours: Parts, found: Found, single: Collection[str]
) -> Parts:
    if row.number is not None:
        if row.based_on is None:
            return ours  # a person says how it shall be
        taken_out = found.versions.get((number, row.based_on))
        if taken_out is None:
            raise refused("version_unknown", "version")
        return parts_of(taken_out, single=single)
    said = found.said.get((number, row.speaker))
    if said is None:
        return {}
    return statements.base_of(said, found.versions[number, said.version], single)


def _check(
    values: EntryValues,
    around: Surroundings,
    number: int | None,
    before: EntryValues | None,
    claimed: Collection[Identifier],
) -> None:
    taken = {
        key
        for key in ((one.system, one.value) for one in values.identifiers)
        if key in claimed or around.holders.get(key, number) != number
    }
    if broken := faults(values, replace(around.known, taken=taken), before):
        raise all_of(broken)


def _notes(code: str, merged: Merged, ours: Parts, theirs: Parts) -> list[Fault]:
    return [
        Fault(
            code, ".".join(key), {"ours": _shown(ours.get(key)), "theirs": _shown(theirs.get(key))}
        )
        for key in merged.conflicts
    ]


def _shown(said: Any) -> str:
    """What one side says of a part, short enough for a line."""
    if said is None or said is True:
        return ""
    flat = said if isinstance(said, list) else [said]
    text = " · ".join(str(one) for one in flat if one not in (None, ""))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
