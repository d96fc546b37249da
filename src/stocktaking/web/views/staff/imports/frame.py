"""What the pages of the wizard share: the file, the profiles, the frame around them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from stocktaking.files.models import StoredFile
from stocktaking.files.operations.keeping import original_path
from stocktaking.files.queries import sent_by
from stocktaking.files.rules.data import DATA
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.queries.imports import is_report
from stocktaking.intake.rules.imports import REPORT_COLUMNS, is_sent_back
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.reading import Head, Reading, Unreadable, look
from stocktaking.kernel.reading.paths import Path as ColumnPath
from stocktaking.kernel.reading.paths import written
from stocktaking.web.access import person_of
from stocktaking.web.forms.imports.reading import ReadingForm
from stocktaking.web.views.staff.frame import desk_page

HERE = "staff_imports"
STEPS = (_("File"), _("Profile"), _("Trial"), _("Import"))
SAMPLES = 3


@dataclass(frozen=True)
class OpenedFile:
    """A stored file with the name that it had; ``path`` is where its content stands."""

    stored: StoredFile
    name: str
    path: Path

    @property
    def number(self) -> int:
        return self.stored.pk

    @cached_property
    def sent_back(self) -> bool:
        """Whether it holds refused records that somebody corrected."""
        return is_report(self.path)

    def look(self, reading: Reading) -> Head:
        """Unreadable where it cannot be read in this way."""
        return look(self.path, reading, most_samples=SAMPLES)


def file_or_404(request: HttpRequest, number: int) -> OpenedFile:
    """A file that this person sent, or that somebody has imported already.

    Numbers of files can be guessed, and most stored files answer questions of a call.
    """
    person = person_of(request)
    stored = StoredFile.objects.filter(pk=number).first()
    if person is None or stored is None:
        raise Http404
    name = sent_by(person.pk, [number]).get(number) if stored.media_type == DATA else None
    if name is None:
        batch = ImportBatch.objects.filter(file=stored).select_related("file").first()
        if batch is None:
            raise Http404
        name = batch.file_name
    opened = OpenedFile(stored, name, original_path(stored.sha256))
    if not opened.path.exists():
        raise Http404
    return opened


def opened_of(batch: ImportBatch) -> OpenedFile:
    """The file of an import."""
    return OpenedFile(batch.file, batch.file_name, original_path(batch.file.sha256))


def columns_of(head: Head) -> dict[str, str]:
    """The paths of a file's columns, as profiles name them, with the words that show them; those
    that a report has added are none of it."""
    added = REPORT_COLUMNS if is_sent_back(head.columns) else ()
    return {_path(column): column for column in head.columns if column not in added}


def _path(column: str) -> str:
    """The head of a column may be any text; one that no path can be stands in quotation marks."""
    try:
        ColumnPath.parse(column)
    except ValueError:
        return written("", column)
    return column


def reading_stated(
    file: OpenedFile, before: Reading | None, stated: QueryDict
) -> tuple[Head, Reading, RuleBroken | None]:
    """The file read as a form says, else as ``before``; what is wrong with what the form says.

    Unreadable where it can be read in neither way.
    """
    reading = before or Reading()
    head = file.look(reading)
    if not any(name.startswith("reading-") for name in stated):
        return head, reading, None
    form = ReadingForm(reading, head, stated)
    if not form.is_valid():
        return head, reading, None  # the form tells it where it is
    asked = form.stated()
    try:
        return file.look(asked), asked, None
    except Unreadable as refused:
        return head, asked, refused


def wizard_page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {"steps": STEPS} | context
    return desk_page(request, f"web/staff/imports/{name}.html", HERE, shared, status=status)
