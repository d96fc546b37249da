"""What a file is, told by reading it; what it is called decides nothing.

Reading is bounded: the head, the tail, the text's bytes once, an archive within its limits.
"""

import codecs
import io
from typing import BinaryIO

from stocktaking.files.rules.heads import IMAGE_TYPES, media_type
from stocktaking.files.rules.packages import DOCX, ODS, ODT, PPTX, XLSX, ZIP, Unfit, package_type

PDF, CSV, TEXT = "application/pdf", "text/csv", "text/plain"
DOCUMENT_TYPES = (PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV, TEXT)
KEPT_TYPES = (*DOCUMENT_TYPES, *IMAGE_TYPES)
SUFFIXES = {
    PDF: "pdf",
    DOCX: "docx",
    XLSX: "xlsx",
    PPTX: "pptx",
    ODT: "odt",
    ODS: "ods",
    CSV: "csv",
    TEXT: "txt",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}

_HEAD = 4096
_TAIL = 4096
_PIECE = 256 * 1024
# what no text holds; tab, line feed, form feed, carriage return and escape do occur
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\f\r\x1b")


def content_type(file: BinaryIO, size: int, name: str = "") -> str:
    """The media type of the whole content, or of what it claims to be where we keep no such.

    ``name`` tells a table from a text, which read alike. Unfit with a code where it is nothing
    that can be trusted: ``file_empty``, ``file_damaged``, ``file_not_recognised``,
    ``text_encoding``, or one of ``package_type``.
    """
    if size == 0:
        raise Unfit("file_empty")
    file.seek(0)
    head = file.read(_HEAD)
    found = media_type(head)
    if found == PDF:
        _check_pdf(file, size)
        return PDF
    if found == ZIP:
        file.seek(0)
        return package_type(file, size)
    if found:
        return found
    _check_text(file)
    return CSV if name.lower().endswith(".csv") else TEXT


def _check_pdf(file: BinaryIO, size: int) -> None:
    """One that was cut off has no end mark; readers would show nothing of it."""
    file.seek(max(0, size - _TAIL))
    if b"%%EOF" not in file.read(_TAIL):
        raise Unfit("file_damaged")


def _check_text(file: BinaryIO) -> None:
    """Every byte is part of a letter: UTF-8, or UTF-16 with its mark."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    sixteen = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    reader = io.TextIOWrapper(file, encoding="utf-16" if sixteen else "utf-8-sig", newline="")
    try:
        while piece := reader.read(_PIECE):
            if not _CONTROLS.isdisjoint(piece):
                raise Unfit("file_not_recognised")
    except UnicodeError as problem:
        binary = not _CONTROLS.isdisjoint(head.decode("latin-1"))
        raise Unfit("file_not_recognised" if binary else "text_encoding") from problem
    finally:
        reader.detach()
