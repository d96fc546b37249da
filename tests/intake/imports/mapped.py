"""Profiles of a few lines, and records mapped by them."""

from typing import Any

from tests.intake.imports.frameworks import wsis

from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.mapped import Mapped
from stocktaking.intake.rules.profiles.mapping import Mapper
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.kernel.reading import Note, Record

HEAD = """
format = 1
slug = "partners"
version = 1
title = {en = "Partners"}
identity = {system = "partners", columns = "id"}
"""
TITLE = """
[[fields]]
to = "title"
columns = "title"
"""


def profile(rules: str = "", *, head: str = "", title: str = TITLE) -> Profile:
    """A profile with these rules; ``head`` are more keys at its top."""
    return parse(f"{HEAD}{head}\n{title}{rules}", wsis())


def mapper(rules: str = "", **parts: str) -> Mapper:
    return Mapper(profile(rules, **parts), wsis())


def mapped(rules: str, data: dict[str, Any], **parts: str) -> Mapped:
    """A record with a title and an identifier where the test does not give them."""
    record = Record(1, {"id": "1", "title": "A title", **data})
    return mapper(rules, **parts).map(record)


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [note.code for note in notes]
