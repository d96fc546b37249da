"""Jobs on files."""

from stocktaking.files.operations.documents import DRAW
from stocktaking.files.operations.pending import draw_pending
from stocktaking.jobs.registry import Run, kind


@kind(DRAW)
def draw_image(run: Run) -> None:
    """Draw the renditions of one image that was kept undrawn."""
    draw_pending(file_id=run.arguments["file"], at=run.moment())
    run.progress(1, 1)
