"""Letting through, and refusing what comes too often or from a machine."""

from stocktaking.guards.operations.pacing import TooMany, forget_paces, take
from stocktaking.guards.operations.proofs import (
    accept_code,
    accept_proof,
    ask_code,
    ask_proof,
    forget_proofs,
)
from stocktaking.guards.operations.wandering import wander

__all__ = [
    "TooMany",
    "accept_code",
    "accept_proof",
    "ask_code",
    "ask_proof",
    "forget_paces",
    "forget_proofs",
    "take",
    "wander",
]
