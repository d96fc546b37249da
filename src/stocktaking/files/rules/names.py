"""File names as people sent them, made harmless to show."""

import re
import unicodedata

NAME_MAX = 200
_FOLDERS = re.compile(r"[/\\]+")


def clean_name(sent: str, *, otherwise: str = "image") -> str:
    """The last part of a path without control, format or direction marks; never empty.

    For people only: files are stored under their content's hash, not under their name.
    """
    composed = unicodedata.normalize("NFC", sent.replace("\x00", ""))
    last = _FOLDERS.split(composed)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    shown = " ".join(shown.split()).strip(". ")
    if len(shown) > NAME_MAX:
        stem, dot, suffix = shown.rpartition(".")
        keep = f"{dot}{suffix}" if dot and len(suffix) <= 10 else ""
        shown = (stem or shown)[: NAME_MAX - len(keep)] + keep
    return shown or otherwise
