"""Files that come with a form: kept at once, so that an error elsewhere loses none."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from stocktaking.accounts.models import Person
from stocktaking.files.operations import store_file
from stocktaking.files.operations.documents import SIZE_MAX as FILE_MAX
from stocktaking.files.operations.storing import SIZE_MAX as IMAGE_MAX
from stocktaking.files.queries import sent_by
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.files.rules.names import clean_name
from stocktaking.questionnaires.states import QuestionKind

MEGABYTE = 1024 * 1024
LIMITS = {  # megabytes
    QuestionKind.IMAGE: IMAGE_MAX // MEGABYTE,
    QuestionKind.FILE: FILE_MAX // MEGABYTE,
}


@dataclass(frozen=True)
class Sent:
    """A file that came with a form, and what its question allows."""

    kind: str
    settings: Mapping[str, Any]
    megabytes: int
    file: UploadedFile

    @property
    def name(self) -> str:
        return self.file.name or ""


def store(sent: Sent, *, by: Person | None, at: dt.datetime) -> tuple[int, str]:
    """The number and name of the stored file; RuleBroken where it is refused.

    An image is drawn by a job a moment later: nobody waits for it at the end of a call.
    """
    stored = store_file(
        data=source_of(sent.file),
        name=sent.name,
        kinds=kinds_of(sent.kind, sent.settings),
        most=sent.megabytes * MEGABYTE,
        by=by,
        at=at,
    )
    return stored.pk, clean_name(sent.name, otherwise="file")


def kinds_of(kind: str, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The media types that a question takes; none: all that are kept at all."""
    if kind == QuestionKind.IMAGE:
        return IMAGE_TYPES
    return tuple(str(one) for one in settings.get("types") or ())


def source_of(file: UploadedFile) -> bytes | Path:
    """A large file is on the disk already; no need to hold it in memory."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    return file.read()


def own_files(numbers: set[int], by: Person | None) -> dict[int, str]:
    """The names of those files that this person has sent."""
    return sent_by(by.pk, numbers) if by is not None else {}
