"""Letting through, and refusing what comes too often."""

from stocktaking.guards.operations.pacing import TooMany, forget_paces, take

__all__ = ["TooMany", "forget_paces", "take"]
