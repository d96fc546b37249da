"""Pictures sent with the editor: stored at once, so that an error elsewhere loses none."""

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from stocktaking.accounts.models import Person
from stocktaking.files.operations import store_image
from stocktaking.files.operations.storing import SIZE_MAX
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.forms.entry import EntryEditor

MOST_ROWS = 20


@dataclass(frozen=True)
class Refused:
    """A picture that was not accepted: the row it came in, and why."""

    row: int
    message: str


def store_uploads(
    request: HttpRequest, data: QueryDict, *, by: Person | None, at: dt.datetime
) -> list[Refused]:
    """Store what was sent and write the files' numbers into ``data``; say what was refused."""
    refused: list[Refused] = []
    for row in range(MOST_ROWS):
        sent = request.FILES.get(f"images-{row}-upload")
        if not isinstance(sent, UploadedFile):
            continue
        try:
            # one byte more than allowed is enough to be refused
            stored = store_image(data=sent.read(SIZE_MAX + 1), name=sent.name or "", by=by, at=at)
        except RuleBroken as error:
            refused.append(Refused(row, str(error)))
        else:
            data[f"images-{row}-file"] = str(stored.pk)
    return refused


def show_refused(editor: EntryEditor, refused: list[Refused]) -> None:
    for one in refused:
        if one.row < len(editor.images.forms):
            editor.images.forms[one.row].add_error("upload", one.message)
