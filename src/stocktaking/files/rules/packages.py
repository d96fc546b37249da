"""Office documents are ZIP archives: what is in one is told without ever unpacking it to a disk.

The declared sizes are added up before anything is decompressed; then every member is read to
its end in small pieces, which compares its size and checksum with what was declared. An archive
that would grow beyond all measure is refused by the first, one that lies by the second.
"""

import zipfile
from typing import BinaryIO

MEMBERS_MAX = 3000
UNPACKED_MAX = 120 * 1024 * 1024  # bytes, all members together
RATIO_MAX = 150  # times what it weighs, from a megabyte on; real documents stay below 30
SMALL = 1024 * 1024
PIECE = 256 * 1024

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ZIP = "application/zip"

_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_ENCRYPTED = 0x1
# macros, and programs put into a document
_PROGRAMS = ("vbaproject.bin", "vbadata.xml", "basic/script-lc.xml")
_EMBEDDED = (".exe", ".dll", ".js", ".vbs", ".bat", ".ps1", ".scr")


class Unfit(Exception):  # noqa: N818 - it says what the content is
    """The content will not be kept; its only argument is a stable code."""


def package_type(file: BinaryIO, size: int) -> str:
    """The media type of an archive, ``application/zip`` where it is no document we know.

    Unfit: ``file_damaged``, ``file_bomb``, ``file_encrypted``, ``file_with_program``.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _measure(members, size)
            found = _type(archive, {one.filename for one in members})
            _read_through(archive, members)
    except Unfit:
        raise
    except Exception as problem:  # what taking apart a made-up archive may raise is anything
        raise Unfit("file_damaged") from problem
    return found


def _measure(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MEMBERS_MAX:
        raise Unfit("file_bomb")
    unpacked = sum(one.file_size for one in members)
    if unpacked > UNPACKED_MAX or (unpacked > SMALL and unpacked > RATIO_MAX * size):
        raise Unfit("file_bomb")
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise Unfit("file_encrypted")


def _type(archive: zipfile.ZipFile, names: set[str]) -> str:
    small = {name.lower() for name in names}
    if any(name.endswith((*_PROGRAMS, *_EMBEDDED)) for name in small):
        raise Unfit("file_with_program")
    if "[Content_Types].xml" in names:
        for part, found in _MAIN_PARTS.items():
            if part in names:
                return found
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as member:
            stated = member.read(100).decode("ascii", "replace").strip()
        if stated in (ODT, ODS):
            return stated
    return ZIP


def _read_through(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    for one in members:
        with archive.open(one) as member:
            while member.read(PIECE):
                pass
