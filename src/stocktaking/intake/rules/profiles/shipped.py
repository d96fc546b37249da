"""The profiles that the package brings."""

from functools import cache
from pathlib import Path

from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.model import Profile

FOLDER = Path(__file__).parents[2] / "shipped" / "profiles"


def shipped() -> dict[str, Profile]:
    """Profiles by slug, in the order of the alphabet."""
    return dict(_parsed())


@cache
def _parsed() -> dict[str, Profile]:
    return {slug: parse(text) for slug, text in texts().items()}


@cache
def texts() -> dict[str, str]:
    """Their files, with the comments that explain them."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}
