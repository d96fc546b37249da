"""One entry out of two that tell of the same project: what is taken from each, part by part.

What only one of them says is taken from it, and lists are joined. Where both say something else,
the entry that stays is believed unless a person chose otherwise. What gives way leaves a trace:
a website becomes a link, an organisation a partner.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from stocktaking.entries.rules.acceptance import LENGTH_MAX
from stocktaking.entries.rules.parts import Key, Parts, parts_of, values_from
from stocktaking.entries.rules.threeway import merge
from stocktaking.entries.rules.values import TEXT_MAX, EntryValues, LinkValue, PartnerValue
from stocktaking.entries.states import LinkKind
from stocktaking.kernel.periods import PartialDate

PERIOD = "period"
_DATES: tuple[Key, ...] = (("start",), ("end",))
# parts of which somebody chooses; in the others the entry that stays is believed
_CHOSEN = ("texts", "sections", "terms", "organisation", "website", "licence", "source")


class Take(StrEnum):
    """What is taken where both entries say something else."""

    OURS = "ours"  # of the entry that stays
    THEIRS = "theirs"
    BOTH = "both"  # one text after the other


@dataclass(frozen=True)
class Choice:
    """What both say differently. ``name`` is ``texts.fr.title``, ``period``, ``organisation``;
    ``ours`` and ``theirs`` are what the two say as ``rules.parts`` writes it, of the period both
    dates, empty where there is none."""

    name: str
    key: Key
    ours: Any
    theirs: Any
    take: Take
    both: bool = False  # whether both can be kept, one after the other


@dataclass(frozen=True)
class Union:
    """What the entry that stays would say, and what there was to choose."""

    values: EntryValues
    choices: tuple[Choice, ...]


def union(
    ours: EntryValues,
    theirs: EntryValues,
    *,
    single: Collection[str] = (),
    chosen: Mapping[str, Take] | None = None,
    owners: Mapping[int, str] | None = None,
) -> Union:
    """The content of two entries as one. ``single`` are schemes with one term at most, ``chosen``
    is what somebody took, by the names of choices, ``owners`` are names of organisations."""
    taken = chosen or {}
    mine, yours = parts_of(ours, single=single), parts_of(theirs, single=single)
    joined = merge({}, mine, yours, protect=False)
    parts = dict(joined.parts)
    choices = [
        _chosen(parts, key, mine[key], yours[key], taken.get(".".join(key), Take.OURS))
        for key in joined.conflicts
        if key[0] in _CHOSEN
    ]
    for choice in choices:
        _take(parts, yours, choice)
    choices += _period(parts, mine, yours, taken.get(PERIOD, Take.OURS))
    return Union(_traced(values_from(parts), ours, theirs, owners or {}), tuple(choices))


def _chosen(parts: Parts, key: Key, ours: Any, theirs: Any, take: Take) -> Choice:
    both = key[-1] in ("summary", "text") and len(ours) + len(theirs) + 2 <= TEXT_MAX
    if take == Take.BOTH and not both:
        take = Take.OURS
    return Choice(".".join(key), key, ours, theirs, take, both)


def _take(parts: Parts, yours: Parts, choice: Choice) -> None:
    key = choice.key
    if choice.take == Take.BOTH:
        parts[key] = f"{choice.ours}\n\n{choice.theirs}"
    elif choice.take == Take.THEIRS:
        term = key[0] == "terms" and len(key) == 3
        # of a term only the note is in dispute: the basis that carries more weight stays
        parts[key] = [parts[key][0], *choice.theirs[1:]] if term else choice.theirs
        # who wrote a text goes with the title or the section
        origin = (*key[:-1], "origin")
        if key[-1] in ("title", "text") and origin in yours:
            parts[origin] = yours[origin]


def _period(parts: Parts, mine: Parts, yours: Parts, take: Take) -> Iterator[Choice]:
    """Both dates come from one entry where they clash, or would put the end before the start."""
    ours, theirs = (tuple(side.get(key, "") for key in _DATES) for side in (mine, yours))
    clash = any(a and b and a != b for a, b in zip(ours, theirs, strict=True))
    if not clash and not _reversed(parts):
        return
    take = Take.THEIRS if take == Take.THEIRS else Take.OURS
    for key, said in zip(_DATES, theirs if take == Take.THEIRS else ours, strict=True):
        parts.pop(key, None)
        if said:
            parts[key] = said
    yield Choice(PERIOD, (PERIOD,), ours, theirs, take)


def _reversed(parts: Parts) -> bool:
    start, end = (parts.get(key) for key in _DATES)
    if not start or not end:
        return False
    return PartialDate.parse(end).last_day() < PartialDate.parse(start).date


def _traced(
    values: EntryValues, ours: EntryValues, theirs: EntryValues, owners: Mapping[int, str]
) -> EntryValues:
    """With what gave way, and the earlier day of registration."""
    links, partners = list(values.links), list(values.partners)
    named = {one.organisation for one in partners}
    for side in (ours, theirs):
        known = {values.website, *(one.url for one in links)}
        if side.website and side.website not in known:
            links.append(LinkValue(LinkKind.WEBSITE, side.website))
        body = side.organisation
        if body is not None and body != values.organisation and body not in named:
            partners.append(PartnerValue(owners.get(body, "")[:300], organisation=body))
    days = [one for one in (ours, theirs) if one.registered_on is not None]
    # a day that a source states counts more than one that is assumed
    first = min(days, key=lambda one: (one.registered_on_assumed, one.registered_on), default=ours)
    return replace(
        values,
        original_language=ours.original_language,
        links=tuple(links),
        partners=tuple({(one.name, one.role): one for one in reversed(partners)}.values())[::-1],
        registered_on=first.registered_on,
        registered_on_assumed=first.registered_on_assumed,
        attribution=_both(ours.attribution, theirs.attribution),
    )


def _both(ours: str, theirs: str) -> str:
    """Two attributions, for a licence may ask for either."""
    joined = f"{ours}; {theirs}" if ours and theirs and theirs not in ours else ours or theirs
    return joined if len(joined) <= LENGTH_MAX["attribution"] else ours


def undone(
    before: EntryValues, after: EntryValues, now: EntryValues, *, single: Collection[str] = ()
) -> EntryValues:
    """What an entry says without what a merge brought into it: what was changed since stays."""
    base, ours, theirs = (parts_of(one, single=single) for one in (after, now, before))
    values = values_from(merge(base, ours, theirs, protect=False).parts)
    return replace(values, original_language=now.original_language)
