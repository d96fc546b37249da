"""Files that come with a form: kept at once, so that an error elsewhere loses none."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from stocktaking.accounts.models import Person
from stocktaking.files.operations import store_file
from stocktaking.files.operations.documents import SIZE_MAX as FILE_MAX
from stocktaking.files.operations.storing import SIZE_MAX
from stocktaking.files.queries import sent_by
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.files.rules.names import clean_name
from stocktaking.questionnaires.states import QuestionKind

MEGABYTE = 1024 * 1024
LIMITS = {
    QuestionKind.IMAGE: SIZE_MAX // MEGABYTE,
    QuestionKind.FILE: FILE_MAX // MEGABYTE,
}  # megabytes


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
    """The number and name of the stored file; RuleBroken where it is refused."""
    # one byte more than allowed is enough to be refused
    data = sent.file.read(sent.megabytes * MEGABYTE + 1)
    kinds = IMAGE_TYPES if sent.kind == QuestionKind.IMAGE else sent.settings.get("types") or ()
    stored = store_file(
        data=data, name=sent.name, kinds=kinds, most=sent.megabytes * MEGABYTE, by=by, at=at
    )
    return stored.pk, clean_name(sent.name, otherwise="file")


def own_files(numbers: set[int], by: Person | None) -> dict[int, str]:
    """The names of those files that this person has sent."""
    return sent_by(by.pk, numbers) if by is not None else {}
