"""What can be done with mail."""

from stocktaking.outbox.operations.queueing import queue
from stocktaking.outbox.operations.suppressing import (
    read_stop,
    release_address,
    stop_mail,
    suppress_address,
)

__all__ = ["queue", "read_stop", "release_address", "stop_mail", "suppress_address"]
