"""Writing down what was done, and the answers that were given."""

from stocktaking.history.operations.answering import Claim, forget_answers, once
from stocktaking.history.operations.recording import record, record_many

__all__ = ["Claim", "forget_answers", "once", "record", "record_many"]
