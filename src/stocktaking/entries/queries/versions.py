"""The versions of an entry and the differences between two of them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import EntryVersion
from stocktaking.entries.rules.differences import Effort, FieldChange, Piece, differences
from stocktaking.entries.rules.snapshots import from_json
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Basis, Cause, Origin
from stocktaking.kernel.languages import direction_of
from stocktaking.reference.queries import Catalogue, catalogue

HEADINGS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "origin": _("Who wrote this text"),
    "basis": _("Who says so"),
    "note": _("Note"),
    "original_language": _("Original language"),
    "organisation": _("Organisation"),
    "worldwide": _("Worldwide"),
    "start": _("Start"),
    "end": _("End"),
    "website": _("Website"),
    "licence": _("Licence"),
    "attribution": _("Attribution"),
    "source": _("Source"),
    "registered_on": _("Registered on"),
    "registered_on_assumed": _("Registration date is an assumption"),
    "partners": _("Partners"),
    "links": _("Links"),
    "images": _("Images"),
    "identifiers": _("Identifiers"),
    "collections": _("Collections"),
    "extra": _("Additional facts"),
}
WORDS: dict[str, dict[str, str | Promise]] = {
    "basis": {
        Basis.OWNER: _("the owner"),
        Basis.EDITOR: _("an editor"),
        Basis.IMPORT: _("the source of the import"),
        Basis.SUGGESTED: _("a suggestion, not confirmed"),
    },
    "origin": {
        Origin.AUTHOR: _("its author"),
        Origin.HUMAN: _("a translator"),
        Origin.MACHINE: _("a machine"),
    },
    "reason": {
        Cause.IMPORT: _("Imported from the source"),
        Cause.IMPORT_UNDONE: _("An import was undone"),
        Cause.ORGANISATIONS_MERGED: _("Two organisations were merged into one"),
        Cause.REPLY: _("Its owner replied to a call"),
        Cause.SUGGESTION: _("Somebody suggested it"),
        Cause.TRANSFER: _("The entry went to another organisation"),
        Cause.COLLECTION: _("It joined or left a collection"),
        Cause.MERGED: _("Two entries of one project were merged"),
        Cause.MERGE_UNDONE: _("A merge of two entries was undone"),
    },
    "worldwide": {"True": _("yes"), "False": _("no")},
    "registered_on_assumed": {"True": _("yes"), "False": _("no")},
}
# bookkeeping of imports, of no interest to readers
_HIDDEN = {("extra", "imported")}


@dataclass(frozen=True)
class VersionRef:
    """``current`` is the version that readers see."""

    number: int
    made_at: dt.datetime
    by_id: int | None
    reason: str
    public: bool
    current: bool


@dataclass(frozen=True)
class ChangeView:
    """A changed field with its heading; ``item`` names the term or section it is about.

    ``language`` and ``direction`` are those of the text, empty where it has none.
    """

    field: str
    heading: str
    item: str
    language: str
    direction: str
    is_list: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class DifferenceView:
    older: VersionRef
    newer: VersionRef
    changes: tuple[ChangeView, ...]


def versions(number: int, *, public_only: bool = False) -> list[VersionRef]:
    """All versions of an entry, newest first; visitors are shown the public ones only."""
    rows = EntryVersion.objects.filter(entry=number).defer("snapshot").select_related("entry")
    if public_only:
        rows = rows.filter(public=True)
    return [_ref(row) for row in rows.order_by("-number")]


def difference(
    number: int, older: int, newer: int, *, language: str = "en", public_only: bool = False
) -> DifferenceView | None:
    """What changed from ``older`` to ``newer``; None where one of them is not there."""
    rows = EntryVersion.objects.filter(entry=number, number__in=(older, newer))
    if public_only:
        rows = rows.filter(public=True)
    found = {row.number: row for row in rows.select_related("entry")}
    if older not in found or newer not in found:
        return None
    before, after = from_json(found[older].snapshot), from_json(found[newer].snapshot)
    return DifferenceView(
        older=_ref(found[older]),
        newer=_ref(found[newer]),
        changes=changes_between(before, after, language=language),
    )


def changes_between(
    older: EntryValues, newer: EntryValues, *, language: str, effort: Effort | None = None
) -> tuple[ChangeView, ...]:
    """What differs between two contents, with headings; also of one that is not saved.

    ``effort`` is one for all that is compared together.
    """
    changed = differences(older, newer, effort)
    shown = [change for change in changed if (change.field, change.item) not in _HIDDEN]
    return in_words(shown, language=language)


def in_words(shown: list[FieldChange], *, language: str) -> tuple[ChangeView, ...]:
    """Changes with their headings, and terms and organisations by their names."""
    names = _organisation_names(shown)
    framework = catalogue()
    return tuple(_view(change, framework, names, language) for change in shown)


def _ref(row: EntryVersion) -> VersionRef:
    return VersionRef(
        number=row.number,
        made_at=row.made_at,
        by_id=row.by_id,
        reason=str(WORDS["reason"].get(row.reason, row.reason)),
        public=row.public,
        current=row.number == row.entry.published_version,
    )


def _organisation_names(changed: list[FieldChange]) -> dict[str, str]:
    changes = [change for change in changed if change.field == "organisation"]
    wanted = {piece.text for change in changes for piece in change.pieces}
    rows = Organisation.objects.filter(number__in=[int(one) for one in wanted if one.isdigit()])
    return {str(number): name for number, name in rows.values_list("number", "name")}


def _view(
    change: FieldChange, framework: Catalogue, names: dict[str, str], language: str
) -> ChangeView:
    heading, item = _headed(change, framework, language)
    return ChangeView(
        field=change.field,
        heading=heading,
        item=item,
        language=change.language,
        direction=direction_of(change.language) if change.language else "",
        is_list=change.is_list,
        pieces=tuple(
            Piece(piece.kind, _shown(change, piece.text, framework, names, language))
            for piece in change.pieces
        ),
    )


def _headed(change: FieldChange, framework: Catalogue, language: str) -> tuple[str, str]:
    if change.field == "section":
        section = framework.term("section", change.item)
        return (section.label(language) if section else change.item), ""
    if change.field == "terms":
        scheme = framework.scheme(change.item)
        return (scheme.plural_label(language) if scheme else change.item), ""
    heading = str(HEADINGS[change.field])
    if change.field in ("note", "basis"):
        term = framework.term(*change.item.split(":", 1))
        return heading, term.label(language) if term else change.item
    if change.field == "origin" and change.item:
        section = framework.term("section", change.item)
        return heading, section.label(language) if section else change.item
    return heading, change.item


def _shown(
    change: FieldChange, text: str, framework: Catalogue, names: dict[str, str], language: str
) -> str:
    if change.field == "terms":
        term = framework.term(change.item, text)
        return term.named(language) if term else text
    if change.field == "organisation":
        return names.get(text, text)
    return str(WORDS.get(change.field, {}).get(text, text))
