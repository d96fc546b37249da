"""Keeping machines from flooding what people use: limits, proof of work, a trap for bots."""

from stocktaking.web.guard.forms import Guarded
from stocktaking.web.guard.limits import count, limited

__all__ = ["Guarded", "count", "limited"]
