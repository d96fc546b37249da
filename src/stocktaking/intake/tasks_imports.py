"""Jobs of imports."""

from stocktaking.intake.operations.imports import run_batch, run_undo
from stocktaking.intake.operations.imports.opening import IMPORT, UNDO
from stocktaking.jobs.registry import kind

kind(IMPORT)(run_batch)
kind(UNDO)(run_undo)
