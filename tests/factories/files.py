"""Images for tests, sound and otherwise."""

import datetime as dt
import io
import struct
import zlib

from PIL import Image

from stocktaking.files.models import StoredFile
from stocktaking.files.operations import store_image

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def picture(
    form: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options
) -> bytes:
    """A plain image of one colour, encoded."""
    colour = {"RGB": (11, 79, 138), "RGBA": (11, 79, 138, 120), "CMYK": (90, 40, 0, 40)}.get(
        mode, 1
    )
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **options)
    return out.getvalue()


def stored(size: tuple[int, int] = (64, 48)) -> StoredFile:
    return store_image(data=picture(size=size), name="a.png", by=None, at=AT)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png_bomb(width: int, height: int) -> bytes:
    """A tiny PNG that declares very many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", zlib.compress(b""))
        + png_chunk(b"IEND", b"")
    )


def photograph_with_place(orientation: int = 1, size: tuple[int, int] = (640, 320)) -> bytes:
    """A JPEG whose EXIF block says where it was taken, by which camera, and which way up.

    The upper left quarter (as stored) is red, the rest is blue.
    """
    image = Image.new("RGB", size, (20, 40, 200))
    image.paste((200, 30, 20), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (46.0, 13.0, 12.5)
    place[3], place[4] = "E", (6.0, 8.0, 3.5)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SECRETCOMMENT", quality=95)
    return out.getvalue()
