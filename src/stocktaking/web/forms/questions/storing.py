"""Files that come with a form: kept at once, so that an error elsewhere loses none."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from stocktaking.accounts.models import Person
from stocktaking.files.models import StoredFile
from stocktaking.files.operations import store_image
from stocktaking.files.operations.storing import SIZE_MAX
from stocktaking.questionnaires.states import QuestionKind

MEGABYTE = 1024 * 1024
LIMITS = {QuestionKind.IMAGE: SIZE_MAX // MEGABYTE, QuestionKind.FILE: 20}  # megabytes


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
    stored = store_image(data=data, name=sent.name, by=by, at=at)
    return stored.pk, stored.name


def own_files(numbers: set[int], by: Person | None) -> dict[int, str]:
    """The names of those files that this person has sent."""
    if by is None or not numbers:
        return {}
    return dict(StoredFile.objects.filter(pk__in=numbers, by_id=by.pk).values_list("pk", "name"))
