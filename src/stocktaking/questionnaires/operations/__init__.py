"""Verbs: building questionnaires, and answering them."""

from stocktaking.questionnaires.operations.answering import (
    Saved,
    lock_answers,
    save_answers,
    start_answers,
    unlock_answers,
)
from stocktaking.questionnaires.operations.building import (
    create_questionnaire,
    freeze_version,
    open_draft,
    save_definition,
)
from stocktaking.questionnaires.operations.exporting import note_export
from stocktaking.questionnaires.operations.files import (
    Loaded,
    load_questionnaire,
    load_shipped,
)
from stocktaking.questionnaires.operations.migrating import (
    DraftsMigrated,
    Migrated,
    migrate_answers,
    migrate_drafts,
)
from stocktaking.questionnaires.rules.merging import Conflict

__all__ = [
    "Conflict",
    "DraftsMigrated",
    "Loaded",
    "Migrated",
    "Saved",
    "create_questionnaire",
    "freeze_version",
    "load_questionnaire",
    "load_shipped",
    "lock_answers",
    "migrate_answers",
    "migrate_drafts",
    "note_export",
    "open_draft",
    "save_answers",
    "save_definition",
    "start_answers",
    "unlock_answers",
]
