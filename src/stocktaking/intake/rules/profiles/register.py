"""Rows and documents that this register, or another one of its kind, has exported."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from stocktaking.entries.rules.edit_table import (
    KEYS,
    Owner,
    OwnRow,
    place_of,
    read_document,
    read_row,
)
from stocktaking.entries.rules.edit_table.stated import EMPTY
from stocktaking.entries.rules.values import EntryValues, PartnerValue
from stocktaking.intake.rules.profiles.columns import shown
from stocktaking.intake.rules.profiles.framework import Framework
from stocktaking.intake.rules.profiles.mapped import Body, Mapped
from stocktaking.kernel.reading import Note, Record

# of a table: cells that the file lacks, or that show an error, count as empty elsewhere. Here
# that would empty parts of an entry
REFUSING = frozenset({"row_too_short", "cell_error"})
# the files of another register are not here, and say nothing of pictures that are
NOT_ELSEWHERE = frozenset({"images"})


class OwnRule:
    """Reads both forms: rows of an edit table, and documents."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    def __call__(self, record: Record) -> Mapped:
        """What the record says; which entry that is about is settled with the database at hand.

        Until then ``values`` are those of a new entry.
        """
        is_document = _is_document(record.data)
        row, found = (read_document if is_document else read_row)(record.data)
        faults = [*record.faults, *(note for note in record.notes if note.code in REFUSING)]
        faults += [Note(one.code, one.field, _plain(one.params)) for one in found]
        if not is_document:
            row = replace(row, stated=row.stated.recoded(self._code_of))
        unknown = self._unknown(row)
        faults += [_no_term(scheme, said, is_document) for scheme, said in unknown]
        values = new_values(row)
        return Mapped(
            values=None if faults else values,
            stated=row.stated.names() - NOT_ELSEWHERE,
            owner=owner_of(row),
            partners=partners_of(row),
            faults=tuple(faults),
            notes=tuple(note for note in record.notes if note.code not in REFUSING),
            unknown=tuple(unknown),
            identity=f"{row.register}/{row.number}" if row.number else "",
            title=_title(values),
            columns=_columns(tuple(record.data), is_document),
            own=row,
        )

    def _code_of(self, scheme: str, said: str) -> str:
        """A code as it is spelled; the title of a single term is understood as well."""
        means = self.framework.means(scheme, said)
        return means[0] if len(means) == 1 else said

    def _unknown(self, row: OwnRow) -> list[tuple[str, str]]:
        stated = [(scheme, code) for scheme, codes in row.stated.codes.items() for code in codes]
        stated += [(term.scheme, term.code) for term in row.stated.fields.get("terms", ())]
        schemes = self.framework.schemes
        return [
            (scheme, code)
            for scheme, code in dict.fromkeys(stated)
            if scheme not in schemes or not schemes[scheme].has(code)
        ]


def new_values(row: OwnRow) -> EntryValues:
    """The content of a new entry: of another register's row, or of one without a number."""
    return row.elsewhere() if row.identity else row.on(EMPTY)


def owner_of(row: OwnRow) -> Body | None:
    """The owner where only a name can tell it: there is no number, or it is another register's."""
    owner = row.owner
    if not owner.name or (owner.number is not None and row.identity is None):
        return None
    return Body(owner.name, owner.country, owner.type)


def partners_of(row: OwnRow) -> tuple[Body | None, ...]:
    """Partners of another register's row that are organisations there: by what the row says of
    these, else by the name of the partner. Others are names alone."""
    if row.identity is None:
        return ()
    known = {one.number: one for one in row.bodies}
    return tuple(
        _body(one, known.get(one.organisation)) if one.organisation else None
        for one in row.stated.fields.get("partners", ())
    )


def _body(partner: PartnerValue, known: Owner | None) -> Body:
    if known is None or not known.name:
        return Body(partner.name, role=partner.role.value)
    return Body(known.name, known.country, known.type, role=partner.role.value)


def reads(column: str) -> bool:
    """Whether a column of a table, or a path in a document, is one of ours."""
    return place_of(column) is not None or column.partition(".")[0] in KEYS


def _is_document(data: Mapping[str, Any]) -> bool:
    """Cells of a table are texts; a document has numbers, lists and objects."""
    return any(not isinstance(value, str) for value in data.values())


def _no_term(scheme: str, said: str, is_document: bool) -> Note:
    column = "terms" if is_document else f"terms.{scheme}"
    return Note("term_unknown", column, {"value": shown(said), "scheme": scheme})


def _title(values: EntryValues) -> str:
    titles = {text.language: text.title for text in values.texts if text.title}
    return titles.get(values.original_language) or next(iter(titles.values()), "")


def _plain(params: Mapping[str, Any]) -> dict[str, str | int]:
    return {key: value if isinstance(value, int) else str(value) for key, value in params.items()}


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...], is_document: bool) -> Mapping[str, str]:
    """The column of each part, by the names of the rules of acceptance."""
    if is_document:
        return {name: name for name in names}
    found: dict[str, str] = {}
    for name in names:
        place = place_of(name)
        if place is None:
            continue
        if place.kind in ("title", "summary"):
            found[f"texts.{place.language}.{place.kind}"] = name
            found.setdefault(f"texts.{place.language}", name)
        elif place.kind == "section":
            found[f"sections.{place.item}.{place.language}"] = name
        elif place.kind == "codes":
            found[f"terms.{place.item}"] = name
        elif place.kind == "fixed":
            part = "organisation" if place.item == "organisation_number" else place.item
            if place.item != "organisation":
                found[part] = name
    return found
