"""Long work on the index, as jobs."""

from stocktaking.jobs.registry import Run, kind
from stocktaking.search.operations import rebuild


@kind("search.rebuild")
def rebuild_index(run: Run) -> None:
    """Build the index of the worker's node anew; other nodes have their own."""
    count = rebuild(progress=lambda done, total: run.progress(done, total or None))
    run.progress(count, count)
