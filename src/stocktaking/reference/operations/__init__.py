"""What can be done to the framework."""

from stocktaking.reference.operations.loading import load_framework
from stocktaking.reference.operations.overriding import (
    clear_override,
    override_scheme,
    override_term,
)
from stocktaking.reference.operations.summary import Change, LoadSummary

__all__ = [
    "Change",
    "LoadSummary",
    "clear_override",
    "load_framework",
    "override_scheme",
    "override_term",
]
