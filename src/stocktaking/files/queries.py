"""Questions about stored files: only renditions have addresses, originals never do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from stocktaking.files.models import Rendition


@dataclass(frozen=True)
class RenditionView:
    """A picture as it is served; ``url`` is a path on this site."""

    width: int
    height: int
    url: str
    size: int  # bytes


def renditions(files: Iterable[int]) -> dict[int, tuple[RenditionView, ...]]:
    """The renditions of these files, smallest first; files without any are left out."""
    wanted = list(files)
    found: dict[int, tuple[RenditionView, ...]] = {}
    if not wanted:
        return found
    rows = Rendition.objects.filter(file__in=wanted).order_by("file_id", "width")
    for file, width, height, path, size in rows.values_list(
        "file_id", "width", "height", "path", "size"
    ):
        view = RenditionView(width, height, f"{settings.MEDIA_URL}{path}", size)
        found[file] = (*found.get(file, ()), view)
    return found
