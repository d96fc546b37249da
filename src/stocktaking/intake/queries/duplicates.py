"""Entries that may be one: the list of pairs, one pair, series, and the job that looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.entries.models import Merging
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.queries.merging import MergePreview, merge_preview, merging_of
from stocktaking.entries.rules.merging import Take
from stocktaking.entries.states import EntryState
from stocktaking.intake.models import DuplicateFamily, DuplicatePair
from stocktaking.intake.states import UNDECIDED, PairState
from stocktaking.jobs.models import Job
from stocktaking.jobs.queries import JobView, job

DUPLICATES = "intake.duplicates"  # the kind of job


@dataclass(frozen=True)
class PairRow:
    """Two entries of the list. ``stays`` is the one that is proposed to stay."""

    row: DuplicatePair
    stays: EntryCard
    goes: EntryCard


@dataclass(frozen=True)
class PairList:
    rows: tuple[PairRow, ...]
    total: int
    counts: dict[PairState, int]


@dataclass(frozen=True)
class PairPage:
    """One pair, found or not: ``row`` is None for two entries that nobody found alike."""

    row: DuplicatePair | None
    preview: MergePreview
    kept: EntryCard
    merged: EntryCard
    replies: int  # about the entry that goes, which wait for a decision
    merging: Merging | None  # by which the one went into the other
    decided_by: str

    @property
    def can_merge(self) -> bool:
        return self.preview.possible and not self.replies


def pairs(state: PairState, *, language: str, page: int = 1, size: int = 50) -> PairList:
    """The most alike first, of decided ones the newest first. Five SQL queries."""
    counted = dict(_there().values_list("state").annotate(Count("pk")))
    counts = {one: counted.get(one.value, 0) for one in PairState}
    order = ("-score", "pk") if state == PairState.OPEN else ("-decided_at", "-pk")
    start = (page - 1) * size
    rows = list(
        _there()
        .filter(state=state)
        .select_related("merging")
        .order_by(*order)[start : start + size]
    )
    numbers = {number for row in rows for number in (row.first_id, row.second_id)}
    shown = {card.number: card for card in cards(sorted(numbers), language)}
    return PairList(
        tuple(
            PairRow(row, *_in_order(row, shown))
            for row in rows
            if row.first_id in shown and row.second_id in shown
        ),
        counts[state],
        counts,
    )


def _in_order(row: DuplicatePair, shown: Mapping[int, EntryCard]) -> tuple[EntryCard, EntryCard]:
    """The one that stays first: as it was merged; else the published one, else the older one."""
    first, second = shown[row.first_id], shown[row.second_id]
    if row.merging is not None:
        return (first, second) if row.merging.kept_id == first.number else (second, first)
    return (second, first) if _weight(second) < _weight(first) else (first, second)


def _weight(card: EntryCard) -> tuple[bool, int]:
    return card.state != "published", card.number


def pair_page(
    kept: int, merged: int, *, language: str, chosen: Mapping[str, Take] | None = None
) -> PairPage | None:
    """None where one of the two does not exist."""
    preview = merge_preview(kept, merged, chosen=chosen, language=language)
    if preview is None:
        return None
    first, second = sorted((kept, merged))
    row = DuplicatePair.objects.filter(first=first, second=second).first()
    shown = {card.number: card for card in cards([kept, merged], language)}
    merging = merging_of(merged)
    who = Person.objects.filter(pk=row.decided_by_id).first() if row and row.decided_by_id else None
    return PairPage(
        row=row,
        preview=preview,
        kept=shown[kept],
        merged=shown[merged],
        replies=replies_waiting(merged),
        merging=merging if merging and merging.kept_id == kept else None,
        decided_by=str(who) if who else "",
    )


def replies_waiting(number: int) -> int:
    """Replies about an entry that were sent and not decided. They do not follow it into another
    one: what they change was written about this entry, and would undo what the other one says."""
    return Reply.objects.filter(entry=number, state__in=UNDECIDED).count()


def families(*, most: int = 20) -> tuple[list[DuplicateFamily], int]:
    """The largest series that nobody has settled, and how many there are."""
    rows = DuplicateFamily.objects.filter(settled_at=None).select_related("organisation")
    return list(rows[:most]), rows.count()


def waiting_pairs() -> int:
    """How many pairs somebody is to decide about. One SQL query."""
    return _there().filter(state=PairState.OPEN).count()


def _there() -> QuerySet[DuplicatePair]:
    """Without pairs to decide about of which one was withdrawn since the last look."""
    gone = Q(first__state=EntryState.WITHDRAWN) | Q(second__state=EntryState.WITHDRAWN)
    return DuplicatePair.objects.exclude(gone & Q(state=PairState.OPEN))


def last_look() -> JobView | None:
    """The newest job that looks through the register."""
    number = Job.objects.filter(kind=DUPLICATES).order_by("-id").values_list("pk", flat=True)
    return job(number[0]) if number else None
