"""Questions about calls, replies and letters."""

from stocktaking.calls.queries.confirming import ToConfirm, entries_to_confirm
from stocktaking.calls.queries.counts import Counts, counts_of
from stocktaking.calls.queries.deadline import Told, tell
from stocktaking.calls.queries.facts import facts_of
from stocktaking.calls.queries.lists import (
    CallCard,
    CallLists,
    DeskCall,
    call_lists,
    desk_calls,
    open_calls,
    standing,
)
from stocktaking.calls.queries.page import CallPage, call_page
from stocktaking.calls.queries.replies import (
    MyReply,
    drafts_of,
    replies_of,
    replies_to,
    reply_by_key,
)
from stocktaking.calls.queries.windows import allowed_until, verdict_for, window_of

__all__ = [
    "CallCard",
    "CallLists",
    "CallPage",
    "Counts",
    "DeskCall",
    "MyReply",
    "ToConfirm",
    "Told",
    "allowed_until",
    "call_lists",
    "call_page",
    "counts_of",
    "desk_calls",
    "drafts_of",
    "entries_to_confirm",
    "facts_of",
    "open_calls",
    "replies_of",
    "replies_to",
    "reply_by_key",
    "standing",
    "tell",
    "verdict_for",
    "window_of",
]
