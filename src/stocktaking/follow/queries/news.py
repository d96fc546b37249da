"""What is new in what somebody follows.

An entry is new in a search from the moment when it is first published. Moments of transactions
that are still running, and what the index lacks, make that uncertain for a while: so each look
goes back ``OVERLAP`` beyond the last one, and leaves out the numbers that were told already.
Nothing is told twice, and nothing that is published late is lost.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stocktaking.entries.models import Entry
from stocktaking.entries.queries import EntryCard, cards, difference, reason_told
from stocktaking.entries.states import EntryState
from stocktaking.follow.models import Subscription
from stocktaking.follow.queries.subscriptions import question_of
from stocktaking.follow.rules.told import packed, unpacked
from stocktaking.follow.states import Kind, Turn
from stocktaking.kernel import languages
from stocktaking.search.queries import answer
from stocktaking.search.queries.among import among

OVERLAP = dt.timedelta(hours=6)
SHOWN = 10  # entries of a search that a mail names; it counts the others
PARTS = 8  # changed parts of an entry that a mail names


@dataclass(frozen=True)
class Recent:
    """Entries by the moment of their publication, as they were at ``until``."""

    until: dt.datetime
    moments: tuple[dt.datetime, ...]
    numbers: tuple[int, ...]

    def after(self, moment: dt.datetime) -> Sequence[int]:
        return self.numbers[bisect_right(self.moments, moment) :]


@dataclass(frozen=True)
class SearchNews:
    """``cards`` are the newest of ``total`` new entries; ``told`` what to remember of them."""

    cards: tuple[EntryCard, ...] = ()
    total: int = 0
    told: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class EntryNews:
    """``parts`` are those that changed; ``into`` the entry that took the place of this one,
    ``path`` the entries that lead to it, this one first. ``parted`` is the number of an entry that
    had gone into this one and came back: ``card`` and the rest are about that one then.

    ``turn`` is None where there is nothing to tell, though the version may have moved on.
    """

    card: EntryCard | None
    turn: Turn | None = None
    version: int = 0
    state: str = ""
    parts: tuple[str, ...] = ()
    more_parts: int = 0
    reason: str = ""
    into: EntryCard | None = None
    path: tuple[int, ...] = ()
    parted: int | None = None


News = SearchNews | EntryNews


def recent_since(since: dt.datetime, *, at: dt.datetime) -> Recent:
    """What was published since a moment and shortly before it. One SQL query."""
    rows = Entry.objects.filter(state=EntryState.PUBLISHED, published_at__gt=since - OVERLAP)
    found = list(rows.order_by("published_at", "number").values_list("published_at", "number"))
    moments = tuple(moment for moment, _number in found if moment is not None)
    return Recent(at, moments, tuple(number for _moment, number in found))


def news_of(subscription: Subscription, recent: Recent, language: str) -> News | None:
    """What is new; None where the index cannot say, or the search asks for something unknown."""
    if subscription.kind == Kind.ENTRY:
        return _of_entry(subscription, language)
    return _of_search(subscription, recent, language)


def latest(subscription: Subscription, language: str) -> SearchNews:
    """The newest entries of a search, told or not: what a mail would look like."""
    question = question_of(subscription)
    if question.ignored:
        return SearchNews()
    found = answer(question.sorted_by("newest").query)
    shown = _public(cards([int(hit.key) for hit in found.hits[:3]], language))
    return SearchNews(tuple(shown), len(shown))


def _of_search(subscription: Subscription, recent: Recent, language: str) -> SearchNews | None:
    question = question_of(subscription)
    if question.ignored:
        return None
    before = unpacked(subscription.told)
    near = recent.after(subscription.since - OVERLAP)
    asked = [str(number) for number in near if number not in before]
    found = among(question.query, asked)
    if found is None:
        return None
    matching = {int(key) for key in found}
    ordered = [number for number in reversed(near) if number in matching]
    # what was published before the window of the next look need not be remembered
    close = set(recent.after(recent.until - OVERLAP))
    told = packed(close & (before | matching))
    return SearchNews(
        cards=tuple(_public(cards(ordered[:SHOWN], language))) if ordered else (),
        total=len(ordered),
        told=tuple((first, last) for first, last in told),
    )


def _of_entry(subscription: Subscription, language: str) -> EntryNews:
    if (parted := _parted(subscription, language)) is not None:
        return parted
    entry = Entry.objects.get(pk=subscription.entry_id or 0)
    shown = cards([entry.number], language)
    card = shown[0] if shown else None
    version = entry.published_version or 0
    if entry.state == EntryState.WITHDRAWN:
        if subscription.seen_state == EntryState.WITHDRAWN:
            return EntryNews(card, None, version, entry.state)
        *path, last = _merged_along(entry)
        into = _public(cards([last.number], language)) if path else []
        turn = Turn.MERGED if into else Turn.WITHDRAWN
        return EntryNews(
            card,
            turn,
            version,
            entry.state,
            reason="" if into else reason_told(entry.withdrawal_reason),
            into=into[0] if into else None,
            path=tuple(one.number for one in path) if into else (),
        )
    if entry.state != EntryState.PUBLISHED:  # an import that was undone is being looked at
        return EntryNews(card, None, subscription.seen_version, subscription.seen_state)
    if subscription.seen_state == EntryState.WITHDRAWN:
        return EntryNews(card, Turn.BACK, version, entry.state)
    parts = _changed(entry.number, subscription.seen_version, version)
    return EntryNews(
        card,
        Turn.CHANGED if parts else None,
        version,
        entry.state,
        parts=tuple(parts[:PARTS]),
        more_parts=max(0, len(parts) - PARTS),
    )


def _merged_along(entry: Entry) -> list[Entry]:
    """An entry and those that took its place, one after the other."""
    found = [entry]
    while (following := found[-1].merged_into) is not None and following not in found:
        found.append(following)
    return found


def _parted(subscription: Subscription, language: str) -> EntryNews | None:
    """Whether the merge by which this entry is followed was undone: the former one is back."""
    if not subscription.moved:
        return None
    former = Entry.objects.filter(pk=subscription.moved[-1], state=EntryState.PUBLISHED).first()
    if former is None:
        return None
    shown = cards([former.number], language)
    return EntryNews(
        shown[0] if shown else None,
        Turn.BACK,
        former.published_version or 0,
        former.state,
        parted=former.number,
    )


def _changed(number: int, seen: int, version: int) -> list[str]:
    """The parts that differ between two versions, each once, by their names in the language of
    the mail."""
    if version <= seen:
        return []
    here = languages.current().code
    found = difference(number, seen, version, language=here, public_only=True)
    if found is None:
        return []
    return list(dict.fromkeys(change.heading for change in found.changes))


def _public(found: list[EntryCard]) -> list[EntryCard]:
    """Without what was withdrawn a moment ago, which the index may still hold."""
    return [card for card in found if card.state == EntryState.PUBLISHED]
