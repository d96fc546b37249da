"""Originals: on the disk under their hash, readable by the owner of the process alone."""

import datetime as dt
import hashlib
import io
import os
import shutil
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from stocktaking.files.models import Sending, StoredFile
from stocktaking.files.operations.writing import sync_folder, write_safely
from stocktaking.files.rules.data import DATA
from stocktaking.files.rules.names import clean_name
from stocktaking.files.signals import file_stored
from stocktaking.files.states import FileState
from stocktaking.history.operations import record

PIECE = 1024 * 1024

Source = bytes | Path


def original_path(sha256: str) -> Path:
    """Where an original is kept, outside of every folder that is served."""
    return Path(settings.DATA_DIR) / "originals" / sha256[:2] / sha256


def opened(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def size_of(source: Source) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def hash_of(source: Source) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_original(source: Source, sha256: str) -> None:
    """The content stands under its hash, whole and on the disk, when this returns."""
    path = original_path(sha256)
    if isinstance(source, bytes):
        write_safely(path, source, mode=0o600)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        os.fsync(file.fileno())
    beside = path.with_name(f".{source.name}")
    beside.unlink(missing_ok=True)
    try:
        os.link(source, beside)  # a second name for the same content; the first may go away
    except OSError:  # a file system without, or two of them
        shutil.copyfile(source, beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
    os.chmod(beside, 0o600)
    os.replace(beside, path)
    sync_folder(path.parent)


def keep_row(
    sha256: str,
    *,
    name: str,
    media_type: str,
    size: int,
    state: FileState,
    by: Any | None,
    at: dt.datetime,
) -> tuple[StoredFile, bool]:
    """The row of a content, once; and that this person sent it. Inside a transaction."""
    cleaned = clean_name(name, otherwise="file")
    stored, created = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "name": cleaned,
            "media_type": media_type,
            "size": size,
            "state": state,
            "by_id": by.pk if by is not None else None,
            "stored_at": at,
        },
    )
    if stored.media_type == DATA != media_type:
        # sent as data before: as a document, which it is too, it may be given out
        stored.media_type = media_type
        stored.save(update_fields=["media_type"])
    if by is not None:
        Sending.objects.get_or_create(
            file=stored, person_id=by.pk, defaults={"name": cleaned, "at": at}
        )
    if created:
        record(verb="stored", of=stored, by=by, at=at, detail={"sha256": sha256})
        file_stored.send(sender=StoredFile, file=stored, by=by, at=at)
    return stored, created
