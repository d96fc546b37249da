"""Starting, cancelling and running jobs."""

from stocktaking.jobs.operations.leases import release_dead
from stocktaking.jobs.operations.requests import request_cancel, retry_job, start_job
from stocktaking.jobs.operations.runs import run_job, run_waiting, work

__all__ = [
    "release_dead",
    "request_cancel",
    "retry_job",
    "run_job",
    "run_waiting",
    "start_job",
    "work",
]
