"""An entry's content as the cells of one row."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from stocktaking.entries.rules.edit_table import cells
from stocktaking.entries.rules.edit_table.columns import Place
from stocktaking.entries.rules.values import EntryValues, TermValue
from stocktaking.entries.states import Origin

HIDDEN = frozenset({"imported"})  # facts that the register keeps for itself


def row(values: EntryValues) -> dict[str, Any]:
    """The cells of this content by column, whose names are those of ``Place``."""
    found: dict[str, Any] = {}
    for text in values.texts:
        found[f"title.{text.language}"] = text.title
        found[f"summary.{text.language}"] = text.summary
    for section in values.sections:
        found[f"section.{section.code}.{section.language}"] = section.text
    found |= _terms(values.terms)
    found |= _fixed(values)
    for column, cell in found.items():
        if type(cell) is str and cells.is_like_left_out(cell):
            found[column] = cells.text(cell)
    return found


def organisation_lines(bodies: Iterable[Mapping[str, Any]]) -> str:
    """A cell with the organisations that partners are; each has number, name, type, country."""
    return cells.items(
        (str(one["number"]), one["name"], one["type"] or "", one["country"] or "") for one in bodies
    )


def _terms(terms: Iterable[TermValue]) -> dict[str, str]:
    codes: dict[str, list[str]] = {}
    bases: dict[str, dict[str, list[str]]] = {}
    notes: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        codes.setdefault(term.scheme, []).append(term.code)
        bases.setdefault(term.scheme, {}).setdefault(term.basis.value, []).append(term.code)
        if term.note or term.note_language:
            column = Place("note", term.scheme, term.note_language).name
            notes.setdefault(column, []).append((term.code, term.note))
    found = {f"terms.{scheme}": cells.codes(held) for scheme, held in codes.items()}
    for scheme, by_basis in bases.items():
        lines = [(basis, cells.codes(held)) for basis, held in by_basis.items()]
        found[f"terms.{scheme}.basis"] = cells.items(lines)
    for column, lines in notes.items():
        found[column] = cells.items(lines)
    return found


def _fixed(values: EntryValues) -> dict[str, Any]:
    return {
        "original_language": values.original_language,
        "origins": _origins(values),
        "organisation_number": values.organisation,
        "partners": cells.items(
            (p.name, p.role.value, str(p.organisation or "")) for p in values.partners
        ),
        "worldwide": values.worldwide,
        "start": values.start,
        "end": values.end,
        "website": values.website,
        "links": cells.items((one.url, one.kind.value, one.label) for one in values.links),
        "images": cells.items((str(i.file), i.alt, i.language, i.credit) for i in values.images),
        "identifiers": cells.items((i.system, i.value, i.url) for i in values.identifiers),
        "collections": cells.codes(values.collections),
        "licence": values.licence,
        "attribution": values.attribution,
        "source": values.source,
        "registered_on": values.registered_on,
        "registered_on_assumed": values.registered_on_assumed,
        "extra": _extra(values.extra),
    }


def _origins(values: EntryValues) -> str:
    """Texts and sections that are translations; what is not named was written by its author."""
    stated = [(text.language, text.origin) for text in values.texts]
    stated += [(f"{s.code}.{s.language}", s.origin) for s in values.sections]
    return cells.items((of, origin.value) for of, origin in stated if origin != Origin.AUTHOR)


def _extra(extra: Mapping[str, object]) -> str:
    shown = {name: fact for name, fact in extra.items() if name not in HIDDEN}
    return json.dumps(shown, ensure_ascii=False) if shown else ""
