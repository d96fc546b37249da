"""What a file is, by its first bytes; what it is called does not count."""

IMAGE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")

_TEXT_SEEN = 1024  # bytes in which a text shows what it is


def media_type(data: bytes) -> str:
    """The media type that the first bytes announce, ``""`` where they announce nothing known.

    Only a guess for a clear answer to people: whether an image is sound, decoding shows.
    """
    for head, name in _HEADS:
        if data.startswith(head):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return "image/heif" if data[8:11] in (b"hei", b"mif", b"avi") else "video/mp4"
    return _text_type(data[:_TEXT_SEEN])


_HEADS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def _text_type(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"<svg" in text:
        return "image/svg+xml"
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body")):
        return "text/html"
    return "text/xml" if text.startswith(b"<") else ""
