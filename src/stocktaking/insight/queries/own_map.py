"""The operator's own outlines of countries: a file of the data folder, with a notice beside it.

``map/outlines.geojson`` is drawn only where ``map/notice.<language>.txt`` says, in at least one
language, on whose behalf its borders are shown. The register brings no borders of its own.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from stocktaking.kernel import languages
from stocktaking.kernel.assets import stamp
from stocktaking.kernel.charts.outlines import BYTES_MAX, Outline, OutlineError, read_outlines

FOLDER, FILE = "map", "outlines.geojson"
NOTICE_MAX = 2000  # letters


@dataclass(frozen=True)
class OwnMap:
    """What the operator brought, fit to be drawn; ``notices`` by language."""

    outlines: tuple[Outline, ...]
    notices: dict[str, str]
    stamp: str

    def notice(self, language: str) -> tuple[str, str]:
        """The notice in the next best language, and that language."""
        held = (code for code in languages.fallbacks(language) if code in self.notices)
        code = next(held, next(iter(self.notices)))
        return self.notices[code], code


_kept: tuple[tuple[object, ...], OwnMap | None] = ((), None)


def own_map() -> OwnMap | None:
    """The operator's map, read again when a file changes; None where there is none to draw."""
    global _kept
    mark, kept = _mark(), _kept  # another thread may read another version meanwhile
    if kept[0] != mark:
        try:
            kept = mark, read_own_map() if mark else None
        except (OutlineError, OSError):  # ``stocktaking doctor`` says why
            kept = mark, None
        _kept = kept
    return kept[1]


def read_own_map() -> OwnMap | None:
    """Read the files; None where there is no outline, ``OutlineError`` where it cannot be drawn."""
    path = folder() / FILE
    if not path.is_file():
        return None
    if path.stat().st_size > BYTES_MAX:
        raise OutlineError("too_large", f"the file has more than {BYTES_MAX // 1_000_000} MB")
    content, notices = path.read_bytes(), _notices()
    if not notices:
        raise OutlineError(
            "no_notice", f"there is no notice beside it, such as {FOLDER}/notice.en.txt"
        )
    return OwnMap(read_outlines(content), notices, stamp(content + repr(notices).encode()))


def folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER


def _notices() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in languages.CODES:
        path = folder() / f"notice.{code}.txt"
        if path.is_file():
            said = " ".join(path.read_text(encoding="utf-8", errors="replace")[:NOTICE_MAX].split())
            found |= {code: said} if said else {}
    return found


def _mark() -> tuple[object, ...]:
    """What changes with the files; empty where there is no outline."""
    paths = [folder() / FILE, *(folder() / f"notice.{code}.txt" for code in languages.CODES)]
    try:
        paths[0].stat()
    except OSError:
        return ()
    marks = []
    for path in paths:
        try:
            found = path.stat()
            marks.append((path.name, found.st_mtime_ns, found.st_size))
        except OSError:
            continue
    return (str(folder()), *marks)
