"""Entries that somebody may confirm or update through a call."""

from dataclasses import dataclass

from django.db.models import Q

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.states import ReplyState
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.states import EntryState

IN_HAND = (ReplyState.DRAFT, ReplyState.SUBMITTED, ReplyState.RETURNED, ReplyState.ACCEPTED)


@dataclass(frozen=True)
class ToConfirm:
    """An entry, and the reply about it that this call has already. Others' replies are named by
    their state alone: ``key`` is empty."""

    card: EntryCard
    state: ReplyState | None = None
    key: str = ""

    @property
    def open(self) -> bool:
        return self.state is None


def entries_to_confirm(call: Call, person: Person, language: str) -> list[ToConfirm]:
    """Published entries of the person's organisations, those they submitted, and those of their
    replies to earlier calls. A fixed number of SQL queries."""
    if not call.confirms:
        return []
    authored = Reply.objects.filter(
        authors__person=person, state=ReplyState.ACCEPTED, entry__isnull=False
    )
    theirs = (
        Q(organisation__memberships__person=person)
        | Q(submitted_by=person)
        | Q(number__in=authored.values("entry"))
    )
    found = Entry.objects.filter(theirs, state=EntryState.PUBLISHED).distinct()
    numbers = list(found.order_by("-changed_at", "-number").values_list("number", flat=True))
    replies = Reply.objects.filter(call=call, entry__in=numbers, state__in=IN_HAND)
    states = {reply.entry_id: reply for reply in replies}
    mine = set(replies.filter(authors__person=person).values_list("number", flat=True))
    return [_row(card, states.get(card.number), mine) for card in cards(numbers, language)]


def _row(card: EntryCard, reply: Reply | None, mine: set[int]) -> ToConfirm:
    if reply is None:
        return ToConfirm(card)
    key = str(reply.key) if reply.number in mine else ""
    return ToConfirm(card, ReplyState(reply.state), key)
