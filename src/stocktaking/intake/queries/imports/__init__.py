"""Questions about imports."""

from stocktaking.intake.queries.imports.batches import (
    BatchView,
    RowsPage,
    RowView,
    batch,
    batches,
    last_batch,
    row,
    rows,
    summary_of,
)
from stocktaking.intake.queries.imports.changes import changes_of
from stocktaking.intake.queries.imports.framework import framework
from stocktaking.intake.queries.imports.profiles import ProfileView, profile, profiles
from stocktaking.intake.queries.imports.reasons import Reason, reasons
from stocktaking.intake.queries.imports.report import (
    is_report,
    report_columns,
    report_records,
    report_rows,
)
from stocktaking.intake.queries.imports.waiting import (
    WaitingImport,
    imported_after,
    waiting_imports,
)

__all__ = [
    "BatchView",
    "ProfileView",
    "Reason",
    "RowView",
    "RowsPage",
    "WaitingImport",
    "batch",
    "batches",
    "changes_of",
    "framework",
    "imported_after",
    "is_report",
    "last_batch",
    "profile",
    "profiles",
    "reasons",
    "report_columns",
    "report_records",
    "report_rows",
    "row",
    "rows",
    "summary_of",
    "waiting_imports",
]
