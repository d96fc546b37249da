"""Everything that changes what comes in."""

from stocktaking.intake.operations.checks import save_check
from stocktaking.intake.operations.deciding import (
    accept,
    assign_reply,
    comment_many,
    comment_on,
    decline,
    return_with_comments,
    take_up,
)
from stocktaking.intake.operations.demo_calls import load_demo_calls
from stocktaking.intake.operations.demo_collections import Gathered, load_demo_collections
from stocktaking.intake.operations.demo_entries import (
    Summary,
    demo_records,
    load_demo_entries,
)
from stocktaking.intake.operations.duplicates import (
    ask_again,
    merge_pair,
    set_apart,
    settle_family,
    undo_merge,
)
from stocktaking.intake.operations.duplicates_sought import ask_for_duplicates
from stocktaking.intake.operations.endorsing import endorse_reply
from stocktaking.intake.operations.likenesses import dismiss_likeness
from stocktaking.intake.operations.many import Verdict, each
from stocktaking.intake.operations.publishing import publish_due, publish_now
from stocktaking.intake.operations.shipped_checks import load_checks

__all__ = [
    "Gathered",
    "Summary",
    "Verdict",
    "accept",
    "ask_again",
    "ask_for_duplicates",
    "assign_reply",
    "comment_many",
    "comment_on",
    "decline",
    "demo_records",
    "dismiss_likeness",
    "each",
    "endorse_reply",
    "load_checks",
    "load_demo_calls",
    "load_demo_collections",
    "load_demo_entries",
    "merge_pair",
    "publish_due",
    "publish_now",
    "return_with_comments",
    "save_check",
    "set_apart",
    "settle_family",
    "take_up",
    "undo_merge",
]
