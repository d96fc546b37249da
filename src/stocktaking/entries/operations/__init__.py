"""Everything that changes entries, their sources and their collections."""

from stocktaking.entries.operations.collecting import (
    appoint_curators,
    create_collection,
    revise_collection,
)
from stocktaking.entries.operations.confirming import confirm_entry_correct
from stocktaking.entries.operations.importing import import_chunk, import_entries
from stocktaking.entries.operations.importing_values import (
    Assumed,
    ImportedRow,
    ImportResult,
    Outcome,
    Verdict,
)
from stocktaking.entries.operations.inviting import (
    answer_invitation,
    invite_entry,
    leave_collection,
    take_back_invitation,
)
from stocktaking.entries.operations.merging import merge_entries, part_entries
from stocktaking.entries.operations.registering import register_source
from stocktaking.entries.operations.states import publish_entry, withdraw_entry
from stocktaking.entries.operations.transferring import transfer_entry
from stocktaking.entries.operations.undoing import Done, undo_chunk
from stocktaking.entries.operations.writing import create_entry, revise_entry

__all__ = [
    "Assumed",
    "Done",
    "ImportResult",
    "ImportedRow",
    "Outcome",
    "Verdict",
    "answer_invitation",
    "appoint_curators",
    "confirm_entry_correct",
    "create_collection",
    "create_entry",
    "import_chunk",
    "import_entries",
    "invite_entry",
    "leave_collection",
    "merge_entries",
    "part_entries",
    "publish_entry",
    "register_source",
    "revise_collection",
    "revise_entry",
    "take_back_invitation",
    "transfer_entry",
    "undo_chunk",
    "withdraw_entry",
]
