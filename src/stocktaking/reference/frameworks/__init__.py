"""The frameworks that the package brings; ``README.md`` beside this file tells their layout."""

from pathlib import Path

WSIS: Path = Path(__file__).resolve().parent / "wsis"
