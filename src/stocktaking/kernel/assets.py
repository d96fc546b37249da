"""Addresses of the package's own files that change when their content does."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def asset(path: str) -> str:
    """The address of a static file with a mark of its content: it may be kept for ever."""
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(path)
    return f"{static(path)}?v={stamp(Path(found).read_bytes())}"


def stamp(content: bytes) -> str:
    """A short name for exactly this content."""
    return sha256(content).hexdigest()[:10]
