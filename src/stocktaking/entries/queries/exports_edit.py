"""Entries as an edit table: all that can be changed, in every state, a chunk at a time."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db.models import Count, F, Model

from stocktaking.entries.models import Entry, EntrySection, EntryTerm, EntryText
from stocktaking.entries.queries.exports_parts import (
    chunks,
    of_partners,
    organisations,
    own_register,
    snapshots,
)
from stocktaking.entries.rules.edit_table import (
    InUse,
    columns,
    key_of,
    organisation_lines,
    row,
)
from stocktaking.entries.rules.edit_table.cells import left_out
from stocktaking.entries.rules.snapshots import from_json
from stocktaking.kernel.lookups import Among
from stocktaking.reference.queries import Catalogue, catalogue

SECTIONS = "section"  # the scheme of their codes


def export_edit_table(
    numbers: Iterable[int], *, cell_max: int | None = None
) -> tuple[list[str], Iterator[list[Any]]]:
    """The columns that these entries need, and one row for each of them in this order.

    The newest content of each, published or not. A cell of more than ``cell_max`` UTF-16 units
    is left out, and says so: reading it again changes nothing.
    """
    wanted = array("q", numbers)  # read twice: for the columns, then for the rows
    framework = catalogue()
    names = [place.name for place in columns(_in_use(wanted, framework))]
    return names, _rows(wanted, names, cell_max)


def _rows(
    numbers: Sequence[int], names: Sequence[str], cell_max: int | None
) -> Iterator[list[Any]]:
    register = own_register()
    for chunk in chunks(numbers):
        heads = _heads(chunk)
        held = snapshots({number: version for number, (version, _, _) in heads.items()})
        partners = of_partners(held)
        owners = (owner for owner, _ in held.values())
        known = organisations({*owners, *chain.from_iterable(partners.values())})
        for number in chunk:
            if number not in held:
                continue
            version, state, created_at = heads[number]
            owner_number, text = held[number]
            owner = known.get(owner_number) or {}
            cells = row(from_json(json.loads(text))) | {
                "number": number,
                "version": version,
                "key": key_of(number, created_at),
                "register": register,
                "state": state,
                # what stands for an owner that nobody states has no name elsewhere
                "organisation": owner.get("name") if owner.get("stated") else None,
                "organisation_type": owner.get("type"),
                "organisation_country": owner.get("country"),
                "organisations": organisation_lines(known[n] for n in partners.get(number, ())),
            }
            found = [*map(cells.get, names)]
            yield found if cell_max is None else [_fitting(cell, cell_max) for cell in found]


def _fitting(cell: Any, most: int) -> Any:
    # a letter is two units at most
    if not isinstance(cell, str) or len(cell) * 2 <= most:
        return cell
    return left_out(cell) if len(cell.encode("utf-16-le", "replace")) // 2 > most else cell


def _heads(chunk: list[int]) -> dict[int, tuple[Any, ...]]:
    rows = Entry.objects.filter(Among(F("number"), chunk)).order_by()
    return {
        number: tuple(rest)
        for number, *rest in rows.values_list("number", "version", "state", "created_at")
    }


def _in_use(numbers: Sequence[int], framework: Catalogue) -> InUse:
    """What these entries have: languages that many of them speak come first."""
    texts = _counted(EntryText, numbers, "language")
    sections = _counted(EntrySection, numbers, "code", "language")
    notes = _counted(EntryTerm, numbers, "term_id", "note_language")
    languages = [language for (language,), _ in texts.most_common()]
    in_order = {language: place for place, language in enumerate(languages)}
    scheme = framework.scheme(SECTIONS)
    codes = {term.code: place for place, term in enumerate(scheme.terms)} if scheme else {}
    noted = {
        (framework.terms[term_id].scheme, language)
        for term_id, language in notes
        if language and term_id in framework.terms
    }
    last = len(codes) + len(in_order)
    return InUse(
        languages=languages,
        sections=sorted(
            sections, key=lambda one: (codes.get(one[0], last), in_order.get(one[1], last), one)
        ),
        schemes=[scheme.slug for scheme in framework.direct()],
        notes=sorted(noted, key=lambda one: (in_order.get(one[1], last), one)),
    )


def _counted(part: type[Model], numbers: Sequence[int], *names: str) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for chunk in chunks(numbers):
        rows = part._default_manager.filter(Among(F("entry_id"), chunk)).order_by()
        for *place, count in rows.values_list(*names).annotate(Count("pk")):
            found[tuple(place)] += count
    return found
