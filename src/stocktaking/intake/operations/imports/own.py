"""Which entry a row of our own exports is about, and what it then says of it.

A number alone does not tell: it may be one of another installation, or of this one before it was
emptied. Asked once for a chunk of rows, in the transaction that writes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import Entry
from stocktaking.entries.operations.statements import contents_at
from stocktaking.entries.queries.exports_parts import own_register
from stocktaking.entries.rules.edit_table import OwnRow
from stocktaking.entries.rules.values import EntryValues
from stocktaking.intake.rules.profiles.mapped import Body, Mapped
from stocktaking.kernel.reading import Note
from stocktaking.kernel.text import name_key


@dataclass(frozen=True)
class _Known:
    """What there is of the entries that the rows name. ``contents`` by number and version,
    ``names`` of organisations by number."""

    entries: Mapping[int, Entry]
    contents: Mapping[tuple[int, int], EntryValues]
    names: Mapping[int, str]
    register: str

    def entry_of(self, own: OwnRow) -> Entry | None:
        entry = self.entries.get(own.number or 0)
        if entry is None or not own.fits(entry.number, entry.created_at, self.register):
            return None
        return entry


def settled(rows: Sequence[Mapped]) -> list[Mapped]:
    """The same rows; those of our own exports as rows like any others.

    A row about an entry of this database gets its ``number`` and ``based_on``, and ``values``
    that are its whole content as the row wants it: organisations stand in them already, except
    for an ``owner`` that is named without a number. One of another register goes by its
    identifier and states what it has columns for. Four SQL queries.
    """
    asked = [one.own for one in rows if one.own is not None and not one.faults]
    if not asked:
        return list(rows)
    known = _known(asked)
    return [one if one.own is None or one.faults else _settled(one, one.own, known) for one in rows]


def _known(asked: Sequence[OwnRow]) -> _Known:
    numbers = {own.number for own in asked if own.number is not None}
    entries = {
        entry.number: entry
        for entry in Entry.objects.filter(number__in=numbers).only(
            "number", "version", "state", "created_at"
        )
    }
    wanted = {
        (entry.number, own.version or entry.version)
        for own in asked
        if (entry := entries.get(own.number or 0)) is not None
    }
    owners = {own.owner.number for own in asked if own.owner.number is not None}
    names = Organisation.objects.filter(number__in=owners).values_list("number", "name")
    return _Known(entries, contents_at(wanted), dict(names), own_register())


def _settled(row: Mapped, own: OwnRow, known: _Known) -> Mapped:
    entry = known.entry_of(own)
    if entry is not None:
        return _of_this_register(row, own, entry, known)
    if own.number is not None and own.identity is None:
        return _refused(row, Note("entry_unknown", "number"))
    notes = _on_organisation(own, known) if own.number is None else ()
    return replace(row, own=None, notes=(*row.notes, *notes))


def _of_this_register(row: Mapped, own: OwnRow, entry: Entry, known: _Known) -> Mapped:
    version = own.version or entry.version
    base = known.contents.get((entry.number, version))
    if base is None:
        return _refused(row, Note("version_unknown", "version"))
    values = own.on(base)
    for text in values.texts:
        if not text.title:  # a merge would find the old one again
            return _refused(row, Note("title_missing", row.column_of(f"texts.{text.language}")))
    notes = [
        Note("said_of_nothing", column, {"value": item}) for column, item in own.stated.astray(base)
    ]
    if own.state and own.state != entry.state:
        notes.append(Note("state_kept", "state", {"ours": entry.state}))
    notes += _on_organisation(own, known)
    return replace(
        row,
        values=values,
        stated=None,
        owner=_owner_by_name(own),
        partners=(),
        number=entry.number,
        based_on=version if own.version else None,
        notes=(*row.notes, *notes),
        own=None,
    )


def _owner_by_name(own: OwnRow) -> Body | None:
    owner = own.owner
    if owner.number is not None or not owner.name or "organisation" not in own.stated.fields:
        return None
    return Body(owner.name, owner.country, owner.type)


def _on_organisation(own: OwnRow, known: _Known) -> list[Note]:
    """The name beside a number is there to be read: a change of it alone changes nothing."""
    owner = own.owner
    name = known.names.get(owner.number or 0)
    if name is None or not owner.name or name_key(name) == name_key(owner.name):
        return []
    return [
        Note(
            "organisation_by_number",
            "organisation",
            {"number": owner.number or 0, "ours": name[:80]},
        )
    ]


def _refused(row: Mapped, fault: Note) -> Mapped:
    return replace(row, values=None, faults=(*row.faults, fault), own=None)
