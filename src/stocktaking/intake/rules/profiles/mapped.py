"""What a profile makes of one record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stocktaking.entries.rules.edit_table import OwnRow
from stocktaking.entries.rules.values import EntryValues
from stocktaking.kernel.reading import Note


@dataclass(frozen=True)
class Body:
    """An organisation as a file names it; ``role`` is ``owner`` or one of ``PartnerRole``.

    ``country`` and ``type`` are codes of the framework or empty, ``identifiers`` are pairs of a
    system and a value, ``number`` is our own number where the file is one of our exports.
    """

    name: str
    country: str = ""
    type: str = ""
    website: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    role: str = "owner"
    number: int | None = None


@dataclass(frozen=True)
class Mapped:
    """``values`` is None where ``faults`` refuse the record.

    ``values.organisation`` and the organisations of ``values.partners`` stay None; ``owner`` and
    ``partners`` name them, the latter in the order of ``values.partners``.

    ``stated`` names the parts that the profile speaks of, whether or not the record fills them.
    A name covers everything below it; None is all parts::

        original_language   texts | texts.fr.title | texts.fr.summary
        sections | sections.description | sections.description.en
        terms.sdg   start   end   website   licence   attribution   worldwide
        registered_on   source   collections   organisation
        partners | partners.funder   links | links.source
        identifiers | identifiers.SYSTEM   extra | extra.NAME

    ``identity`` is the same text for two records of one entry ("" where faulty), ``number`` and
    ``based_on`` are the entry and its version for our own exports. ``columns`` says which column
    a part came from, by the names of ``entries.rules.acceptance`` without the last steps.
    ``unknown`` are the values that map to no term, with their scheme. A partner that is None is a
    name alone, which no organisation is looked up for. ``own`` is set for rows of our own exports
    until they are settled against the entries that they came from.
    """

    values: EntryValues | None
    stated: frozenset[str] | None = frozenset()
    owner: Body | None = None
    partners: tuple[Body | None, ...] = ()
    number: int | None = None
    based_on: int | None = None
    faults: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    identity: str = ""
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    own: OwnRow | None = None

    def column_of(self, part: str) -> str:
        """The column that a field of ``entries.rules.acceptance`` came from, or ""."""
        while part and part not in self.columns:
            part = part.rpartition(".")[0]
        return self.columns.get(part, "")
