"""The records of one chunk: mapped, matched, and turned into rows of entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.operations import (
    Matching,
    StatedOrganisation,
    look_up_organisations,
)
from stocktaking.entries.models import Source
from stocktaking.entries.operations import ImportedRow
from stocktaking.entries.rules.edit_table import column_of as own_column
from stocktaking.entries.rules.threeway import Conflict
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues, PartnerValue
from stocktaking.insight.queries.suggestion import Suggestions
from stocktaking.intake.operations.imports.suggesting import terms_of
from stocktaking.intake.rules.profiles.mapped import Body, Mapped
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.states import RowVerdict
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.kernel.reading import Note, Record


@dataclass
class Item:
    """One record on its way. ``row`` is set where it can be imported, ``verdict`` is what became
    of it; ``after`` is what a trial would make of an entry, ``names`` are those of organisations
    that it would register, by their negative numbers; ``suggested`` is brought into a new entry."""

    record: Record
    mapped: Mapped
    identity: int | None = None
    content: int | None = None
    row: ImportedRow | None = None
    faults: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    verdict: RowVerdict = RowVerdict.REFUSED
    entry: int | None = None
    version_before: int | None = None
    version_after: int | None = None
    after: EntryValues | None = None
    suggested: Sequence[Suggestions] = ()
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class First:
    """Where an identity stood first among the records that were not refused."""

    place: int
    content: int | None
    entry: int | None


@dataclass(frozen=True)
class Matched:
    """The organisations that records name; ``numbers`` are those of ours that exist, each
    leading to the one that it was merged into."""

    matching: Matching
    numbers: Mapping[int, int]


def match_bodies(items: Sequence[Item]) -> Matched:
    """Look up all organisations that the records name, at once."""
    bodies = [body for item in items for body in _bodies(item.mapped)]
    wanted = {body.number for body in bodies if body.number is not None}
    numbers: dict[int, int] = {}
    if wanted:
        rows = Organisation.objects.filter(number__in=wanted)
        for number, into in rows.values_list("number", "merged_into"):
            numbers[number] = into or number
    return Matched(look_up_organisations(stated_by(items)), numbers)


def stated_by(items: Sequence[Item]) -> list[StatedOrganisation]:
    """The organisations that records name in words."""
    bodies = (body for item in items for body in _bodies(item.mapped))
    return list(dict.fromkeys(stated(body) for body in bodies if body.number is None))


def _bodies(mapped: Mapped) -> list[Body]:
    if mapped.values is None:
        return []
    return [body for body in (mapped.owner, *mapped.partners) if body is not None]


def stated(body: Body) -> StatedOrganisation:
    return StatedOrganisation(body.name, body.country, body.type, body.website, body.identifiers)


def fill(item: Item, profile: Profile, conflict: Conflict, known: Matched) -> None:
    """Give the item its row, or the faults why it cannot have one."""
    mapped = item.mapped
    item.faults += mapped.faults
    item.notes += mapped.notes
    values = mapped.values
    if values is None or item.faults:
        return
    organisation = values.organisation
    if mapped.owner is not None:
        organisation = _number(mapped.owner, "organisation", item, profile, known)
    partners = tuple(
        partner
        if place >= len(mapped.partners) or (body := mapped.partners[place]) is None
        else PartnerValue(
            partner.name,
            partner.role,
            _number(body, f"partners.{partner.role.value}", item, profile, known),
        )
        for place, partner in enumerate(values.partners)
    )
    if not item.faults:
        item.row = ImportedRow(
            tidy(replace(values, organisation=organisation, partners=partners)),
            stated=mapped.stated,
            number=mapped.number,
            based_on=mapped.based_on,
            conflict=conflict,
            system="" if mapped.number is not None else profile.identity.system,
            besides=terms_of(item.suggested),
        )


def _number(body: Body, part: str, item: Item, profile: Profile, known: Matched) -> int | None:
    column = column_of(part, item.mapped, profile)
    if body.number is not None:
        if body.number not in known.numbers:
            item.faults.append(Note("organisation_unknown", column, {"number": body.number}))
        return known.numbers.get(body.number)
    match = known.matching.matches[stated(body)]
    if match.refusal is not None:
        item.faults += told_of(match.refusal, lambda _: column)
    item.notes += [Note(code, column, dict(params)) for code, params in match.notes]
    return match.number


def column_of(part: str, mapped: Mapped, profile: Profile) -> str:
    """What the file calls the column that a part of the entry came from, else the part."""
    found = mapped.column_of(part) or (own_column(part) if profile.is_own else "")
    return found or part


def told_of(broken: RuleBroken, column: Callable[[str], str]) -> list[Note]:
    """A refusal as faults of the record; ``column`` names the column of a field."""
    errors = broken.errors if isinstance(broken, RulesBroken) else [broken]
    return [
        Note(
            one.code,
            column(one.field) if one.field else "",
            {name: one.params[name] for name in one.params},
        )
        for one in errors
    ]


def sources_of(items: Sequence[Item]) -> set[str]:
    """Slugs of sources that the rows name and that are not there."""
    named = {item.row.values.source for item in items if item.row and item.row.values.source}
    return named - set(Source.objects.filter(slug__in=named).values_list("slug", flat=True))
