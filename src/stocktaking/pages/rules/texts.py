"""The texts that the package brings: one Markdown file per page and language."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "texts"
TITLE_MAX = 200
BODY_MAX = 50_000


@dataclass(frozen=True)
class ShippedText:
    slug: str
    language: str
    title: str
    body: str


def shipped(folder: Path = FOLDER) -> list[ShippedText]:
    """All texts of a folder, ``<slug>/<language>.md``; the first line is ``# title``."""
    return [_read(path) for path in sorted(folder.glob("*/*.md"))]


def shipped_text(slug: str, language: str, folder: Path = FOLDER) -> ShippedText | None:
    """One text, or None where the package brings none."""
    return next(
        (text for text in shipped(folder) if (text.slug, text.language) == (slug, language)), None
    )


def _read(path: Path) -> ShippedText:
    first, _, body = path.read_text("utf-8").partition("\n")
    if not first.startswith("# "):
        raise ValueError(f"{path.name} of {path.parent.name} does not start with a title")
    return ShippedText(path.parent.name, path.stem, first[2:].strip(), body.strip() + "\n")
