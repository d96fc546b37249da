"""A tiny invented framework of 3 x 2 squares, written as files, and the shipped one loaded."""

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

from stocktaking.reference.frameworks import WSIS
from stocktaking.reference.operations import LoadSummary, load_framework

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
Files = dict[str, Any]  # by path below the folder


def load(folder: Path = WSIS, *, at: dt.datetime = AT, dry_run: bool = False) -> LoadSummary:
    return load_framework(folder=folder, by=None, at=at, dry_run=dry_run)


def tiny() -> Files:
    """Crafts by purposes, places in valleys; two languages."""
    return copy.deepcopy(_TINY)


def write(folder: Path, files: Files) -> Path:
    """Write files (objects as JSON, bytes as they are) below ``folder``, and nothing else."""
    for old in folder.glob("**/*.json"):
        old.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(raw)
    return folder


def _two(word: str) -> dict[str, str]:
    return {"en": word, "pt": f"{word} (pt)"}


def _terms(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "title": _two(code)} for code in codes]


_TINY: Files = {
    "framework.json": {
        "format": 1,
        "slug": "valley",
        "version": "1",
        "title": _two("Valley"),
        "languages": ["en", "pt"],
        "schemes": ["craft", "purpose", "place", "valley"],
        "memberships": ["place-valley"],
        "crosswalks": ["craft-purpose"],
    },
    "schemes/craft.json": {
        "slug": "craft",
        "title": _two("Craft"),
        "plural": _two("Crafts"),
        "terms": [
            *_terms("wood", "iron"),
            {"code": "cloth", "title": _two("cloth"), "assignable": False},
            {
                "code": "wool",
                "parent": "cloth",
                "title": _two("wool"),
                "short": {"en": "wl"},
                "title_status": {"en": "official", "pt": "unofficial"},
            },
        ],
    },
    "schemes/purpose.json": {
        "slug": "purpose",
        "title": _two("Purpose"),
        "noted": True,
        "terms": [
            {"code": "use", "title": _two("use"), "colour": "#102030"},
            {"code": "art", "title": _two("art"), "facts": {"since": 1400}},
        ],
    },
    "schemes/place.json": {
        "slug": "place",
        "title": _two("Place"),
        "terms": _terms("hill", "mill"),
    },
    "schemes/valley.json": {
        "slug": "valley",
        "title": _two("Valley"),
        "direct": False,
        "terms": _terms("east", "west"),
    },
    "memberships/place-valley.json": {
        "groups": "valley",
        "members": "place",
        "memberships": [
            {"group": "east", "member": "hill", "to": "1999-12-31"},
            {"group": "west", "member": "hill", "from": "2000-01-01", "basis": "moved"},
            {"group": "west", "member": "mill"},
        ],
    },
    "crosswalks/craft-purpose.json": {
        "slug": "craft-purpose",
        "title": _two("Grid"),
        "rows": "craft",
        "columns": "purpose",
        "primary": True,
        "year": 1450,
        "links": [
            {"row": "wood", "column": "use", "rationale": {"en": "Tables"}},
            {"row": "wool", "column": "art", "targets": ["1.a"]},
        ],
    },
}
