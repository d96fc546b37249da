"""What two entries would say as one, before anybody decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import Entry, Merging
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.queries.versions import ChangeView, changes_between, in_words
from stocktaking.entries.rules.differences import FieldChange, Piece
from stocktaking.entries.rules.merging import PERIOD, Choice, Take, Union, union
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import EntryState
from stocktaking.reference.queries import catalogue

DATES: str | Promise = _("Dates")


@dataclass(frozen=True)
class ChoiceView:
    """What both entries say differently, in words. ``language`` is that of a text."""

    name: str
    heading: str
    item: str
    language: str
    ours: str
    theirs: str
    take: Take
    both: bool


@dataclass(frozen=True)
class Side:
    """One of the two, with all that it says."""

    entry: Entry
    values: EntryValues


@dataclass(frozen=True)
class MergePreview:
    """``changes`` are those of the entry that stays. ``possible`` is False where that one is not
    published or the other one is withdrawn."""

    kept: Side
    merged: Side
    choices: tuple[ChoiceView, ...]
    changes: tuple[ChangeView, ...]

    @property
    def possible(self) -> bool:
        return (
            self.kept.entry.state == EntryState.PUBLISHED
            and self.merged.entry.state != EntryState.WITHDRAWN
        )


def merge_preview(
    kept: int, merged: int, *, chosen: Mapping[str, Take] | None = None, language: str
) -> MergePreview | None:
    """None where one of the two does not exist, or both are one."""
    entries = Entry.objects.in_bulk([kept, merged])
    if len(entries) < 2:
        return None
    values = values_of_many([kept, merged])
    found = union_of(values[kept], values[merged], chosen=chosen)
    return MergePreview(
        kept=Side(entries[kept], values[kept]),
        merged=Side(entries[merged], values[merged]),
        choices=tuple(_in_words(choice, language) for choice in found.choices),
        changes=changes_between(values[kept], found.values, language=language),
    )


def merging_of(merged: int) -> Merging | None:
    """The merge by which an entry went into another one, if it was not undone."""
    return Merging.objects.filter(merged=merged, undone_at=None).first()


def union_of(
    ours: EntryValues, theirs: EntryValues, *, chosen: Mapping[str, Take] | None = None
) -> Union:
    """What the two would say as one, by the framework and with the names of organisations. One
    whose owner is not known says nothing of it where the other one does."""
    numbers = [one.organisation for one in (ours, theirs) if one.organisation is not None]
    owners = {one.number: one for one in Organisation.objects.filter(number__in=numbers)}
    if len({one.unknown for one in owners.values()}) == 2:
        ours, theirs = (
            replace(one, organisation=None) if owners[one.organisation or 0].unknown else one
            for one in (ours, theirs)
        )
    names = {number: one.name for number, one in owners.items()}
    found = union(tidy(ours), tidy(theirs), single=single_schemes(), chosen=chosen, owners=names)
    return replace(found, values=tidy(found.values))


def single_schemes() -> frozenset[str]:
    """Of these an entry has one term at most."""
    return frozenset(slug for slug, scheme in catalogue().schemes.items() if not scheme.many)


def _in_words(choice: Choice, language: str) -> ChoiceView:
    ours, theirs = choice.ours, choice.theirs
    if choice.name == PERIOD:
        return ChoiceView(
            choice.name, str(DATES), "", "", _dates(ours), _dates(theirs), choice.take, False
        )
    field, item, tongue = _place(choice, language)
    pieces = (Piece("removed", _plain(ours)), Piece("added", _plain(theirs)))
    [view] = in_words([FieldChange(field, item, tongue, False, pieces)], language=language)
    return ChoiceView(
        name=choice.name,
        heading=view.heading,
        item=view.item,
        language=tongue,
        ours=view.pieces[0].text,
        theirs=view.pieces[1].text,
        take=choice.take,
        both=choice.both,
    )


def _place(choice: Choice, language: str) -> tuple[str, str, str]:
    """The field, its item and its language, as ``rules.differences`` names them."""
    part, *rest = choice.key
    if part == "texts":
        return rest[1], "", rest[0]
    if part == "sections":
        return "section", rest[0], rest[1]
    if part == "terms" and len(rest) == 2:
        return "note", ":".join(rest), choice.ours[2] or language
    if part == "terms":
        return "terms", rest[0], ""
    return part, "", ""


def _plain(said: Any) -> str:
    """The code of a term, the note of one, or what is said as it is."""
    if not isinstance(said, list):
        return str(said)
    return str(said[0][0]) if said and isinstance(said[0], list) else str(said[1])


def _dates(pair: tuple[str, str]) -> str:
    return " – ".join(one for one in pair if one) or "–"
