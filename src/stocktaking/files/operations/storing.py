"""Storing an image at once: the original is kept and never served, our own renditions are."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.files.models import Rendition, StoredFile
from stocktaking.files.operations.drawing import Decoded, draw
from stocktaking.files.operations.keeping import hash_of, keep_original, keep_row
from stocktaking.files.operations.writing import write_safely
from stocktaking.files.rules.heads import IMAGE_TYPES, media_type
from stocktaking.files.states import FileState
from stocktaking.kernel.errors import RuleBroken

SIZE_MAX = 12 * 1024 * 1024  # bytes

MESSAGES = {
    "file_empty": _("The file is empty. Choose another one."),
    "file_too_large": _("The file is larger than %(most)s MB. Save the image smaller."),
    "image_not_allowed": _("Choose a JPEG, PNG, WebP or GIF image. This file is of type %(type)s."),
    "image_not_recognised": _("This is not a JPEG, PNG, WebP or GIF image."),
    "image_damaged": _("The image is damaged or cut off. Save it again and send it anew."),
    "image_too_large": _(
        "The image has too many pixels: 40 million at most, fewer in some formats. Save it smaller."
    ),
    "image_too_slow": _("The image takes too long to read. Save it smaller or in another format."),
}


def store_image(*, data: bytes, name: str, by: Any | None, at: dt.datetime) -> StoredFile:
    """Keep an image and draw its renditions; the same image again is the same file.

    RuleBroken with a code of ``MESSAGES`` where it is refused. When this returns, all of it is
    on the disk.
    """
    _check_head(data)
    sha256 = hash_of(data)
    keep = partial(
        keep_row, sha256, name=name or "image", size=len(data), state=FileState.READY, by=by, at=at
    )
    known = StoredFile.objects.filter(sha256=sha256).first()
    if known is not None and is_whole(known):
        with transaction.atomic():
            return keep(media_type=known.media_type)[0]
    decoded = draw(data)
    if not isinstance(decoded, Decoded):
        raise _refused(decoded)
    keep_original(data, sha256)
    renditions = write_renditions(sha256, decoded)
    with transaction.atomic():
        stored, _created = keep(media_type=decoded.media_type)
        put_renditions(stored, renditions)
        if stored.state != FileState.READY:
            stored.state, stored.refusal = FileState.READY, ""
            stored.save(update_fields=["state", "refusal"])
    return stored


def is_whole(stored: StoredFile) -> bool:
    """Whether all of its renditions are still in the media folder."""
    paths = list(stored.renditions.values_list("path", flat=True))
    return bool(paths) and all((Path(settings.MEDIA_ROOT) / path).exists() for path in paths)


def write_renditions(sha256: str, decoded: Decoded) -> list[Rendition]:
    rows = []
    for picture in decoded.pictures:
        path = f"images/{sha256[:2]}/{sha256}-{picture.width}.webp"
        write_safely(Path(settings.MEDIA_ROOT) / path, picture.data)
        rows.append(
            Rendition(width=picture.width, height=picture.height, path=path, size=len(picture.data))
        )
    return rows


def put_renditions(stored: StoredFile, renditions: Sequence[Rendition]) -> None:
    for rendition in renditions:
        rendition.file = stored
    Rendition.objects.bulk_create(renditions, ignore_conflicts=True)


def _check_head(data: bytes) -> None:
    if not data:
        raise _refused("file_empty")
    if len(data) > SIZE_MAX:
        raise _refused("file_too_large", most=SIZE_MAX // 1024 // 1024)
    kind = media_type(data)
    if not kind:
        raise _refused("image_not_recognised")
    if kind not in IMAGE_TYPES:
        raise _refused("image_not_allowed", type=kind)


def _refused(code: str, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field="image", **params)
