"""Everything that changes entries, their sources and their collections."""

from stocktaking.entries.operations.collecting import create_collection, revise_collection
from stocktaking.entries.operations.importing import ImportResult, Outcome, Verdict, import_entries
from stocktaking.entries.operations.registering import register_source
from stocktaking.entries.operations.states import publish_entry, withdraw_entry
from stocktaking.entries.operations.writing import create_entry, revise_entry

__all__ = [
    "ImportResult",
    "Outcome",
    "Verdict",
    "create_collection",
    "create_entry",
    "import_entries",
    "publish_entry",
    "register_source",
    "revise_collection",
    "revise_entry",
    "withdraw_entry",
]
