"""Files in pieces: what has arrived stays, and a torn connection goes on where it was torn."""

import datetime as dt
import hashlib
import os
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from stocktaking.files.models import Upload
from stocktaking.files.operations.documents import MESSAGES as OF_FILES
from stocktaking.files.operations.documents import refused, size_max, store_file
from stocktaking.files.operations.keeping import hash_of
from stocktaking.files.operations.locks import lock
from stocktaking.files.rules.names import clean_name
from stocktaking.files.states import UploadState
from stocktaking.kernel.errors import RuleBroken

PIECE = 64 * 1024
A_DAY = dt.timedelta(days=1)
BYTES_A_DAY = 600 * 1024 * 1024  # of one person
OPEN_MAX = 30  # unfinished at a time
KEEP_OPEN, KEEP_DONE = dt.timedelta(days=2), dt.timedelta(days=7)

MESSAGES = {
    **OF_FILES,
    "upload_offset": _("Another part is expected here. Go on at the place that the answer names."),
    "upload_busy": _("This file is being received already. Look again in a moment."),
    "upload_closed": _("This file has arrived already."),
    "upload_too_long": _("More arrived than was announced. Begin again."),
    "upload_checksum": _("The file changed on its way. Send it again."),
    "upload_conflict": _("This was begun before with another file. Begin again."),
    "upload_quota": _("You have sent very much today. Send the rest tomorrow."),
    "upload_too_many_open": _("Many files are unfinished. Finish or leave them for a day first."),
}


class WrongOffset(RuleBroken):
    """The piece belongs elsewhere; ``expected`` is the byte to go on at."""

    def __init__(self, expected: int) -> None:
        super().__init__("upload_offset", MESSAGES["upload_offset"], field="offset")
        self.expected = expected


def begin_upload(
    *,
    key: str,
    name: str,
    size: int,
    kinds: Collection[str] = (),
    sha256: str = "",
    by: Any,
    at: dt.datetime,
) -> Upload:
    """Announce a file; the same ``key`` again gives the upload that it began.

    RuleBroken: ``file_empty``, ``file_too_large``, ``upload_quota``, ``upload_too_many_open``,
    ``upload_conflict`` (the key began another file).
    """
    most = size_max(kinds)
    if not 0 < size <= most:
        code = "file_too_large" if size > 0 else "file_empty"
        raise refused(code, kinds, **({"most": most // 1024 // 1024} if size > 0 else {}))
    stated = {"name": clean_name(name, otherwise="file"), "size": size, "sha256": sha256}
    known = Upload.objects.filter(person_id=by.pk, key=key).first()
    if known is None:
        _check_quota(by, size, at)
        try:
            with transaction.atomic():
                return Upload.objects.create(
                    person_id=by.pk,
                    key=key,
                    kinds=sorted(kinds),
                    **stated,
                    began_at=at,
                    changed_at=at,
                )
        except IntegrityError:  # the same key at the same time
            known = Upload.objects.get(person_id=by.pk, key=key)
    if any(getattr(known, field) != value for field, value in stated.items()):
        raise _refused("upload_conflict")
    return known


def receive_piece(
    *,
    upload_id: uuid.UUID,
    offset: int,
    read: Callable[[int], bytes],
    by: Any,
    at: dt.datetime,
    checksum: bytes | None = None,
) -> Upload:
    """Append what ``read(most bytes)`` gives until it gives nothing; finish with the last byte.

    What was read before ``read`` fails is kept, unless a ``checksum`` (SHA-256 of the piece)
    could then not be compared; the error goes on to the caller. WrongOffset, or RuleBroken
    ``upload_busy``, ``upload_closed``, ``upload_too_long``, ``upload_checksum``.
    Upload.DoesNotExist for what is not ``by``'s own.
    """
    with _alone(upload_id, by) as upload:
        if upload.state != UploadState.OPEN:
            raise _refused("upload_closed")
        if offset != upload.received:
            raise WrongOffset(upload.received)
        with _part(upload) as part:
            try:
                _append(part, upload, read, checksum)
            finally:
                _note(upload, part, at)
        # under the same lock: nobody may come between the last byte and the file
        return _finish(upload, by, at)


def finish_upload(*, upload_id: uuid.UUID, by: Any, at: dt.datetime) -> Upload:
    """Store a file that is complete; doing it twice has one effect.

    A file that is refused leaves the upload in the state ``refused`` with the code; the caller
    says it with ``message_of``. One that is not complete stays as it is.
    """
    with _alone(upload_id, by) as upload:
        return _finish(upload, by, at)


def expire_uploads(*, at: dt.datetime) -> int:
    """Remove uploads that nobody goes on with, and finished ones after a week; how many."""
    old = [
        *Upload.objects.filter(state=UploadState.OPEN, changed_at__lt=at - KEEP_OPEN),
        *Upload.objects.exclude(state=UploadState.OPEN).filter(changed_at__lt=at - KEEP_DONE),
    ]
    for upload in old:
        part = part_path(upload.pk)
        upload.delete()
        part.unlink(missing_ok=True)
    return len(old) + _remove_orphans(at)


def part_path(upload_id: uuid.UUID) -> Path:
    return Path(settings.DATA_DIR) / "uploads" / upload_id.hex


def message_of(upload: Upload) -> str:
    """Why a file was refused, in words; empty where it was not."""
    if not upload.refusal:
        return ""
    return str(refused(upload.refusal, upload.kinds, most=size_max(upload.kinds) // 1024 // 1024))


@contextmanager
def _alone(upload_id: uuid.UUID, by: Any) -> Iterator[Upload]:
    """The upload, read anew when nobody else writes it; an ended one needs no lock."""
    mine = Upload.objects.filter(person_id=by.pk)
    upload = mine.get(pk=upload_id)
    if upload.state != UploadState.OPEN:
        yield upload
        return
    with lock(part_path(upload_id)) as locked:
        if not locked:
            raise _refused("upload_busy")
        yield mine.get(pk=upload_id)


def _finish(upload: Upload, by: Any, at: dt.datetime) -> Upload:
    if upload.state != UploadState.OPEN or upload.received < upload.size:
        return upload
    try:
        upload.file = _store(upload, by, at)
        upload.state = UploadState.DONE
    except RuleBroken as error:
        upload.state, upload.refusal = UploadState.REFUSED, error.code
    upload.changed_at = at
    upload.save(update_fields=["file", "state", "refusal", "changed_at"])
    part_path(upload.pk).unlink(missing_ok=True)
    return upload


def _store(upload: Upload, by: Any, at: dt.datetime) -> Any:
    path = part_path(upload.pk)
    if upload.sha256 and hash_of(path) != upload.sha256:
        raise _refused("upload_checksum")
    kinds = upload.kinds
    return store_file(data=path, name=upload.name, kinds=kinds, most=size_max(kinds), by=by, at=at)


def _append(
    part: BinaryIO, upload: Upload, read: Callable[[int], bytes], checksum: bytes | None
) -> None:
    digest, start = hashlib.sha256(), part.tell()
    try:
        while piece := read(PIECE):
            if part.tell() + len(piece) > upload.size:
                raise _refused("upload_too_long")
            part.write(piece)
            digest.update(piece)
        if checksum is not None and digest.digest() != checksum:
            raise _refused("upload_checksum")
    except BaseException as error:
        if checksum is not None or isinstance(error, RuleBroken):
            part.seek(start)
            part.truncate()
        raise


def _note(upload: Upload, part: BinaryIO, at: dt.datetime) -> None:
    """What is on the disk for certain counts as received."""
    part.flush()
    os.fsync(part.fileno())
    upload.received, upload.changed_at = part.tell(), at
    upload.save(update_fields=["received", "changed_at"])


@contextmanager
def _part(upload: Upload) -> Iterator[BinaryIO]:
    """The file of an upload, at the end of what was received for certain."""
    with part_path(upload.pk).open("r+b") as part:
        missing = upload.received - part.seek(0, os.SEEK_END)
        if missing > 0:  # the disk lost what the database knows: begin again
            upload.received = 0
            upload.save(update_fields=["received"])
            raise WrongOffset(0)
        part.seek(upload.received)
        part.truncate()  # what a process that died had not noted
        yield part


def _check_quota(by: Any, size: int, at: dt.datetime) -> None:
    mine = Upload.objects.filter(person_id=by.pk)
    today = mine.filter(began_at__gt=at - A_DAY).aggregate(sum=Sum("size"))["sum"] or 0
    if today + size > BYTES_A_DAY:
        raise _refused("upload_quota")
    if mine.filter(state=UploadState.OPEN, changed_at__gt=at - A_DAY).count() >= OPEN_MAX:
        raise _refused("upload_too_many_open")


def _remove_orphans(at: dt.datetime) -> int:
    """Files whose rows are gone: of erased people, or of a process that died in between."""
    removed = 0
    folder = Path(settings.DATA_DIR) / "uploads"
    for path in folder.iterdir() if folder.exists() else ():
        with suppress(OSError, ValueError):
            old = path.stat().st_mtime < (at - KEEP_OPEN).timestamp()
            if old and not Upload.objects.filter(pk=uuid.UUID(path.name)).exists():
                path.unlink()
                removed += 1
    return removed


def _refused(code: str) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field="file")
