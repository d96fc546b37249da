"""Importing files: batches as jobs that can be stopped, go on, and be undone; profiles."""

from stocktaking.intake.operations.imports.opening import (
    cancel_batch,
    forget_trials,
    open_batch,
    resume_batch,
    undo_batch,
)
from stocktaking.intake.operations.imports.profiles import read_profile, save_profile
from stocktaking.intake.operations.imports.running import run_batch
from stocktaking.intake.operations.imports.undoing import run_undo, undo_trial

__all__ = [
    "cancel_batch",
    "forget_trials",
    "open_batch",
    "read_profile",
    "resume_batch",
    "run_batch",
    "run_undo",
    "save_profile",
    "undo_batch",
    "undo_trial",
]
