"""Questions about stored files: only renditions have addresses, originals never do."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from stocktaking.files.models import Rendition, Sending, StoredFile, Upload
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.files.states import FileState


@dataclass(frozen=True)
class RenditionView:
    """A picture as it is served; ``url`` is a path on this site."""

    width: int
    height: int
    url: str
    size: int  # bytes


@dataclass(frozen=True)
class FileView:
    """A stored file as people see it named; its content is given out by permission only."""

    number: int
    name: str
    media_type: str
    size: int  # bytes
    state: FileState
    refusal: str  # the code of why it is refused, else empty

    @property
    def picture(self) -> bool:
        return self.media_type in IMAGE_TYPES


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


def file_views(files: Iterable[int]) -> dict[int, FileView]:
    """These files, by number; unknown numbers are left out."""
    rows = StoredFile.objects.filter(pk__in=set(files)).values_list(
        "pk", "name", "media_type", "size", "state", "refusal"
    )
    return {
        number: FileView(number, name, media_type, size, FileState(state), refusal)
        for number, name, media_type, size, state, refusal in rows
    }


def sent_by(person_id: int, files: Iterable[int]) -> dict[int, str]:
    """Those of these files that the person sent, with the names they had there.

    Numbers of files can be guessed: into an answer goes only what its author sent, or what
    stood there before.
    """
    wanted = set(files)
    if not wanted:
        return {}
    rows = Sending.objects.filter(person_id=person_id, file__in=wanted)
    return dict(rows.values_list("file_id", "name"))


def upload_of(person_id: int, upload_id: uuid.UUID) -> Upload | None:
    """A person's own upload, None for everybody else's."""
    return Upload.objects.filter(pk=upload_id, person_id=person_id).first()


def files_of_person(person_id: int) -> list[dict[str, str]]:
    """What a person sent, in plain words: for the export of their data."""
    rows = Sending.objects.filter(person_id=person_id).select_related("file").order_by("pk")
    return [
        {"name": one.name, "sha256": one.file.sha256, "sent_at": one.at.isoformat()} for one in rows
    ]


def open_original(number: int) -> tuple[StoredFile, BinaryIO] | None:
    """A file with its original, opened; None where there is none. For who may see it alone."""
    stored = StoredFile.objects.filter(pk=number).first()
    if stored is None:
        return None
    path = Path(settings.DATA_DIR) / "originals" / stored.sha256[:2] / stored.sha256
    try:
        return stored, path.open("rb")
    except OSError:
        return None
