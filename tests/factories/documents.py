"""Documents for tests: sound ones, and everything that only looks like one."""

import io
import random
import struct
import zipfile
import zlib

from tests.factories.files import photograph_with_place, picture, png_bomb, png_chunk

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script/></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SCRIPTED_PDF = PDF.replace(
    b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
)
CSV = "Name,Größe\nШкола,3\n".encode()


def archive(
    members: dict[str, bytes | str],
    *,
    compression: int = zipfile.ZIP_DEFLATED,
    comment: bytes = b"",
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
        made.comment = comment
    return out.getvalue()


def docx(more: dict[str, bytes | str] | None = None) -> bytes:
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document/>"}
    return archive({**parts, **(more or {})})


def xlsx(more: dict[str, bytes | str] | None = None) -> bytes:
    parts = {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>"}
    return archive({**parts, **(more or {})})


def odt(kind: str = "text") -> bytes:
    stated = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": stated, "content.xml": "<office:document-content/>"})


def zip_bomb(megabytes: int = 200) -> bytes:
    """A workbook whose sheet unpacks to very much."""
    return xlsx({"xl/worksheets/sheet1.xml": b"\0" * (megabytes * 1024 * 1024)})


def overlapping_bomb(copies: int = 60, megabytes: int = 4) -> bytes:
    """Many names in the directory of an archive for one and the same compressed member."""
    content = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = content.compress(b"\0" * (megabytes << 20)) + content.flush()
    size, check = megabytes << 20, zlib.crc32(b"\0" * (megabytes << 20))
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, check, len(packed), size)
    local = b"PK\x03\x04" + facts + struct.pack("<HH", 1, 0) + b"a" + packed
    directory = b"".join(
        b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
        for _ in range(copies)
    )
    end = struct.pack("<HHHHIIH", 0, 0, copies, copies, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def lying_archive() -> bytes:
    """A member that says it is small and is not."""
    whole = bytearray(xlsx({"xl/worksheets/sheet1.xml": b"\0" * (3 << 20)}))
    real, said = struct.pack("<I", 3 << 20), struct.pack("<I", 100)
    assert whole.count(real) == 2
    return bytes(whole.replace(real, said))


def encrypted_archive() -> bytes:
    made = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := made.find(mark, start)) >= 0:
            made[start + place] |= 1
            start += 4
    return bytes(made)


def changed_document() -> bytes:
    """One letter is another than when its checksum was computed."""
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document/>"}
    return archive(parts, compression=zipfile.ZIP_STORED).replace(b"<w:d", b"<w:e")


def too_many_members() -> bytes:
    return archive({f"{number}": b"" for number in range(3001)}, compression=zipfile.ZIP_STORED)


JPEG, PNG = picture("JPEG", (400, 300)), picture("PNG", (400, 300))
SOUND: dict[str, tuple[bytes, str, str]] = {
    "pdf": (PDF, "a.pdf", "application/pdf"),
    "pdf with a script, kept and never opened here": (SCRIPTED_PDF, "a.pdf", "application/pdf"),
    "pdf and archive": (PDF + archive({"a": "b"}) + b"%%EOF", "a.pdf", "application/pdf"),
    "docx": (docx(), "a.docx", "wordprocessingml.document"),
    "xlsx": (xlsx(), "a.xlsx", "spreadsheetml.sheet"),
    "xlsx called docx": (xlsx(), "a.docx", "spreadsheetml.sheet"),
    "odt": (odt(), "a.odt", "opendocument.text"),
    "ods": (odt("spreadsheet"), "a.ods", "opendocument.spreadsheet"),
    "csv": (CSV, "a.csv", "text/csv"),
    "csv called txt": (CSV, "a.txt", "text/plain"),
    "csv called exe": (CSV, "a.exe", "text/plain"),
    "text with a mark": (b"\xef\xbb\xbfhello", "a.txt", "text/plain"),
    "text in sixteen bits": ("Привет".encode("utf-16"), "a.txt", "text/plain"),
    "text in Arabic": ("مرحبا\r\n".encode(), "a.txt", "text/plain"),
    "document with ../ inside": (
        docx({"../../etc/passwd": "x"}),
        "a.docx",
        "wordprocessingml.document",
    ),
    "jpeg": (JPEG, "a.jpg", "image/jpeg"),
    "webp called pdf": (picture("WEBP"), "a.pdf", "image/webp"),
}
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "a.pdf", "file_empty"),
    "html": (HTML, "a.pdf", "file_not_allowed"),
    "html called txt": (HTML, "a.txt", "file_not_allowed"),
    "html after blanks": (b" \r\n\t" + HTML, "a.csv", "file_not_allowed"),
    "svg": (SVG, "a.png", "file_not_allowed"),
    "svg in sixteen bits": (SVG.decode().encode("utf-16"), "a.txt", "file_not_allowed"),
    "xml": (
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
        "a.txt",
        "file_not_allowed",
    ),
    "plain archive": (archive({"a.html": HTML}), "a.docx", "file_not_allowed"),
    "slides that are none": (archive({"ppt/presentation.xml": ""}), "a.pptx", "file_not_allowed"),
    "tiff": (picture("TIFF"), "a.pdf", "file_not_allowed"),
    "bitmap": (picture("BMP"), "a.bmp", "file_not_allowed"),
    "video": (b"\0\0\0\x18ftypmp42\0\0\0\0", "a.pdf", "file_not_allowed"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 20, "a.csv", "file_not_allowed"),
    "program for Linux": (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "a.pdf", "file_not_recognised"),
    "program for Windows": (b"MZ\x90\x00\x03" + b"\0" * 60, "a.pdf", "file_not_recognised"),
    "zero bytes": (b"\0" * 500, "a.txt", "file_not_recognised"),
    "old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "a.doc", "file_not_recognised"),
    "text of an old code page": ("Größe".encode("latin-1"), "a.txt", "text_encoding"),
    "pdf cut off": (PDF[:-8], "a.pdf", "file_damaged"),
    "pdf head only": (b"%PDF-1.7", "a.pdf", "file_damaged"),
    "document cut off": (docx()[:-30], "a.docx", "file_damaged"),
    "document with a changed byte": (changed_document(), "a.docx", "file_damaged"),
    "archive head only": (b"PK\x03\x04", "a.docx", "file_damaged"),
    "archive that lies": (lying_archive(), "a.xlsx", "file_damaged"),
    "workbook that unpacks to 200 MB": (zip_bomb(), "a.xlsx", "file_bomb"),
    "workbook that unpacks to 30 MB of nothing": (zip_bomb(30), "a.xlsx", "file_bomb"),
    "members on top of each other": (overlapping_bomb(), "a.xlsx", "file_bomb"),
    "thousands of members": (too_many_members(), "a.docx", "file_bomb"),
    "document with a password": (encrypted_archive(), "a.docx", "file_encrypted"),
    "document with macros": (docx({"word/vbaProject.bin": b"x"}), "a.docx", "file_with_program"),
    "document with a program": (
        docx({"word/embeddings/run.exe": b"MZ"}),
        "a.docx",
        "file_with_program",
    ),
}
NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\system.ini",
    "/etc/shadow",
    "invoice\u202efdp.exe",
    "a\u2066b\u2069.pdf",
    "a\x00b.pdf",
    "line\r\nSet-Cookie: a=b.pdf",
    'quote".pdf',
    "semi;colon=.pdf",
    "résumé écrit.pdf",
    "报告 2026.pdf",
    "تقرير.pdf",
    "." * 300,
    "x" * 5000 + ".pdf",
    "",
    " ",
    "CON",
    "%00%2e%2e%2f.pdf",
    "\ud800.pdf".encode("utf-8", "replace").decode(),
    "-rf *",
    "~",
]


def bad_images(count: int, seed: int = 1) -> list[bytes]:
    """Images that are none, or that hold more than pixels: drawn from a seed."""
    chance = random.Random(seed)
    sound = [picture(form, (60, 40)) for form in ("PNG", "JPEG", "GIF", "WEBP")]
    made: list[bytes] = []
    while len(made) < count:
        base = chance.choice(sound)
        place = chance.randrange(8, len(base))
        made.append(
            chance.choice(
                [
                    lambda: png_bomb(
                        chance.randrange(7000, 70_000), chance.randrange(7000, 70_000)
                    ),
                    lambda base=base, place=place: base[:place],
                    lambda base=base: base + chance.choice([HTML, SVG, PDF, docx()]),
                    lambda base=base, place=place: base[:place] + HTML + base[place:],
                    lambda base=base, place=place: (
                        base[:place] + chance.randbytes(8) + base[place + 8 :]
                    ),
                    lambda base=base: base[:12] + chance.randbytes(200),
                    lambda: PNG[:-12] + png_chunk(b"tEXt", b"Comment\0" + HTML) + PNG[-12:],
                    lambda: photograph_with_place(chance.randrange(0, 12), (80, 60)),
                    lambda: SVG + chance.randbytes(20),
                ]
            )()
        )
    return made
