"""Reading the repository's own files, for the tests that watch it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "stocktaking"
DOORS = ("web", "api", "console")

Offences = list[str]


def files(*suffixes: str, under: Path = PACKAGE) -> Iterator[Path]:
    """Files with one of these suffixes, migrations left out, in order."""
    for path in sorted(under.rglob("*")):
        if path.suffix in suffixes and not {"migrations", "__pycache__"} & set(path.parts):
            yield path


def name(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()


def app_of(path: Path) -> str:
    """The app a file of the package belongs to; empty for those at its root."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def floors() -> list[set[str]]:
    """The ladder of ``pyproject.toml``, from the highest floor to the lowest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "ladder")
    return [{part.strip(" ()") for part in layer.split("|")} for layer in layers]


def apps() -> list[str]:
    """The apps that exist, config and the packages' own folders left out."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))
