"""Everything that changes what comes in."""

from stocktaking.intake.operations.demo_entries import (
    Summary,
    demo_records,
    load_demo_entries,
)

__all__ = ["Summary", "demo_records", "load_demo_entries"]
