"""What a file is, by its first bytes; what it is called does not count."""

import re

from stocktaking.kernel.reading.letters import by_mark, without_mark
from stocktaking.kernel.reading.records import FileKind, Reading
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.sources import GZIP, Source

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old workbooks, and new ones under a password

_FOREIGN = (
    b"%PDF-",
    b"%!PS",
    b"{\\rtf",
    b"PK\x05\x06",
    b"SQLite format 3\0",
    GZIP,
    b"Rar!",
    b"7z\xbc\xaf",
)
_CONTROLS = bytes([*range(9), 14, 15, *range(16, 27), *range(28, 32), 127])
_CONTROLS_MAX = 0.05  # share of bytes; a text has none, but for some slips
_WEB = re.compile(r"<(?:!doctype\s+html|html|head|body|script|svg)\b", re.IGNORECASE)
_XML = re.compile(r"<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w:.-]*[\s/>])")
_JSON = re.compile(r'\{\s*["}]|\[\s*(?:[\[{"\]\d-]|null|true|false)')


def recognise(source: Source, reading: Reading) -> FileKind:
    """Unreadable where it is empty, or nothing that can be read here."""
    head = source.head
    if not head:
        raise Unreadable("file_empty")
    if head.startswith(ZIP) and not source.packed:
        return FileKind.XLSX
    if head.startswith(OLE):
        raise Unreadable("file_encrypted" if _protected(source) else "workbook_old")
    if head.startswith(_FOREIGN) or head.startswith(ZIP):
        raise Unreadable("file_not_recognised")
    letters = by_mark(head) or without_mark(source)
    if letters is None or not letters.wide:
        controls = len(head) - len(head.translate(None, _CONTROLS))
        if controls > max(1, _CONTROLS_MAX * len(head)):
            raise Unreadable("file_not_recognised")
    text = head.decode(letters.encoding if letters else "latin-1", "replace")
    return _kind_of_text(text.lstrip("\ufeff\0 \t\r\n"), reading)


def _kind_of_text(text: str, reading: Reading) -> FileKind:
    if not text:
        raise Unreadable("file_empty")
    if _WEB.match(text):
        raise Unreadable("file_not_recognised")
    if _XML.match(text) and reading.kind != FileKind.CSV:
        return FileKind.XML
    if reading.kind == FileKind.XML:
        raise Unreadable("file_not_recognised")
    if reading.kind == FileKind.JSONL or (_JSON.match(text) and reading.kind != FileKind.CSV):
        return FileKind.JSONL
    return FileKind.CSV


def _protected(source: Source) -> bool:
    """Whether a container of the old kind holds an encrypted new one."""
    name = "EncryptedPackage".encode("utf-16-le")
    tail = b""
    for piece in source.pieces():
        if name in tail + piece:
            return True
        tail = piece[-len(name) :]
    return False
