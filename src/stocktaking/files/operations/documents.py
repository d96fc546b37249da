"""Storing what people send: documents and data are looked into, images are drawn by a job."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.files.models import StoredFile
from stocktaking.files.operations.data import check_data
from stocktaking.files.operations.keeping import (
    Source,
    hash_of,
    keep_original,
    keep_row,
    opened,
    size_of,
)
from stocktaking.files.operations.storing import MESSAGES as OF_IMAGES
from stocktaking.files.operations.storing import SIZE_MAX as IMAGE_MAX
from stocktaking.files.rules.content import KEPT_TYPES, SUFFIXES, content_type
from stocktaking.files.rules.data import DATA, DATA_MAX, IN_WORDS
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.files.rules.packages import Unfit
from stocktaking.files.states import FileState
from stocktaking.jobs.operations import start_job
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.reading import MESSAGES as OF_DATA

SIZE_MAX = 20 * 1024 * 1024  # bytes of a document
DRAW = "files.draw"  # the kind of job

MESSAGES = {
    **OF_IMAGES,
    "file_too_large": _("The file is larger than %(most)s MB. Make it smaller."),
    "file_not_allowed": _("A file of this type cannot be sent here. Possible are: %(types)s."),
    "file_not_recognised": _("It is not clear what this file is. Possible are: %(types)s."),
    "file_damaged": _("The file is damaged or cut off. Save it again and send it anew."),
    "file_bomb": _("The file unpacks to too much. Save it again with fewer or smaller pictures."),
    "file_encrypted": _("The file is protected by a password. Save it without one."),
    "file_with_program": _("The file holds a program or macros. Save it without them."),
    "text_encoding": _("The letters of this text cannot be read. Save it as UTF-8."),
    # of data: those that need no more words than their code
    **{code: OF_DATA[code] for code in ("file_too_slow", "sheet_too_large", "workbook_old")},
    "xml_entities": OF_DATA["xml_entities"],
    "xml_damaged": _("The XML of this file is broken. Save it again and send it anew."),
    "too_many_columns": _("The table has more columns than can be read. Leave some out."),
}


def store_file(
    *,
    data: Source,
    name: str,
    kinds: Collection[str] = (),
    by: Any | None,
    at: dt.datetime,
    most: int = SIZE_MAX,
) -> StoredFile:
    """Keep a file; ``data`` is its content or the path of it, ``kinds`` the media types that are
    taken (none: all of KEPT_TYPES; DATA alone: whatever can be imported), ``most`` the bytes.

    When this returns, content and row are on the disk and may be acknowledged. A document is
    ``ready``; an image is ``pending`` until a job has drawn it, and then ``ready`` or
    ``refused`` (signal ``file_refused``). RuleBroken with a code of ``MESSAGES`` where the file
    is refused at once. The same content again is the same file, named anew for who sent it.
    """
    size = size_of(data)
    media_type = checked_type(data, name, size, kinds, most)
    sha256 = hash_of(data)
    image = media_type in IMAGE_TYPES
    known = StoredFile.objects.filter(sha256=sha256).first()
    if known is not None and known.state == FileState.REFUSED:
        raise refused(known.refusal, kinds)
    keep_original(data, sha256)
    with transaction.atomic():
        stored, created = keep_row(
            sha256,
            name=name,
            media_type=media_type,
            size=size,
            state=FileState.PENDING if image else FileState.READY,
            by=by,
            at=at,
        )
        if image and created:
            start_job(kind=DRAW, arguments={"file": stored.pk}, by=by, at=at)
    return stored


def checked_type(data: Source, name: str, size: int, kinds: Collection[str], most: int) -> str:
    """The media type of a content that may be kept; RuleBroken otherwise."""
    if size > most:
        raise refused("file_too_large", kinds, most=most // 1024 // 1024)
    if DATA in kinds:
        check_data(data)
        return DATA
    with opened(data) as file:
        try:
            found = content_type(file, size, name)
        except Unfit as unfit:
            raise refused(unfit.args[0], kinds) from unfit
    if found not in (kinds or KEPT_TYPES) or found not in KEPT_TYPES:
        raise refused("file_not_allowed", kinds)
    if found in IMAGE_TYPES and size > IMAGE_MAX:
        raise refused("file_too_large", kinds, most=IMAGE_MAX // 1024 // 1024)
    return found


def size_max(kinds: Collection[str]) -> int:
    """The bytes that a file of these kinds may have."""
    return DATA_MAX if DATA in kinds else SIZE_MAX


def refused(code: str, kinds: Collection[str] = (), **params: Any) -> RuleBroken:
    known = code if code in MESSAGES else "file_damaged"
    if "%(types)s" in str(MESSAGES[known]):
        params["types"] = types_in_words(kinds)
    return RuleBroken(code, MESSAGES[known], field="file", **params)


def types_in_words(kinds: Collection[str]) -> str:
    """PDF, DOCX, ...: what the ends of names say, which is what people know."""
    if DATA in kinds:
        return IN_WORDS
    return ", ".join(SUFFIXES[kind].upper() for kind in KEPT_TYPES if kind in (kinds or KEPT_TYPES))
