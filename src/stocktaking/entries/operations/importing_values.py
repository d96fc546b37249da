"""What goes into an import of entries and what comes out: rows and verdicts."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from stocktaking.entries.rules.shapes import Fault
from stocktaking.entries.rules.threeway import Conflict
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues, PartnerValue, TermValue
from stocktaking.kernel.errors import RuleBroken


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportedRow:
    """An entry as a source states it.

    ``stated`` names the parts that the source speaks of (``rules.threeway.covered``), None for
    all; an update leaves the others alone. It belongs to the entry ``number``, if that is
    given, else to the one that has one of its external identifiers. ``based_on`` is the version
    of the entry that a person took out and changed; without it the row simply wins. ``system``
    is the list whose last statement counts; "": that of the first identifier. ``besides`` are
    terms that nobody has stated: only a new entry gets them, and the source has not said them.
    """

    values: EntryValues
    stated: frozenset[str] | None = None
    number: int | None = None
    based_on: int | None = None
    conflict: Conflict = Conflict.KEEP
    system: str = ""
    besides: tuple[TermValue, ...] = ()

    @property
    def made(self) -> EntryValues:
        """What a new entry holds."""
        if not self.besides:
            return self.values
        return tidy(replace(self.values, terms=(*self.values.terms, *self.besides)))

    @property
    def speaker(self) -> str:
        """The system whose statements are compared; "" for exports of our own."""
        if self.system or self.number is not None:
            return self.system
        return next((one.system for one in self.values.identifiers), "")


@dataclass(frozen=True)
class Verdict:
    """What became of one row (counted from 1). ``errors`` says why one was refused.

    The versions are those of the entry before and after; None where there was none, and both
    the same where nothing changed. ``notes`` names parts that both sides had changed:
    ``conflict_kept`` or ``conflict_replaced``, with what each said. ``values`` is what a trial
    would make of an entry that is there.
    """

    row: int
    outcome: Outcome
    number: int | None = None
    errors: tuple[RuleBroken, ...] = ()
    version_before: int | None = None
    version_after: int | None = None
    notes: tuple[Fault, ...] = ()
    values: EntryValues | None = None


@dataclass(frozen=True)
class ImportResult:
    verdicts: list[Verdict]

    def count(self, outcome: Outcome) -> int:
        return self.counts[outcome]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(verdict.outcome for verdict in self.verdicts)


@dataclass(frozen=True)
class Assumed:
    """What rows may name although it is not there yet.

    Organisations have negative numbers. ``register`` is given the places of the rows that are
    not refused and answers the numbers that the organisations of these rows have got; a trial
    does not call it.
    """

    organisations: frozenset[int] = frozenset()
    sources: frozenset[str] = frozenset()
    register: Callable[[Collection[int]], Mapping[int, int]] | None = None


def renumbered(values: EntryValues, numbers: Mapping[int, int]) -> EntryValues:
    """The values with the numbers that organisations have got."""
    return replace(
        values,
        organisation=numbers.get(values.organisation or 0, values.organisation),
        partners=tuple(
            PartnerValue(one.name, one.role, numbers.get(one.organisation or 0, one.organisation))
            for one in values.partners
        ),
    )
