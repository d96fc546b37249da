"""Style sheets mirror by themselves: logical properties only."""

import re
from pathlib import Path

import pytest
from tests.architecture.sources import Offences, files, name

COMMENT = re.compile(r"/\*.*?\*/", re.S)
PRELUDE = re.compile(r"@(?:media|container|supports)[^{]*\{")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:"
    r"(?:margin|padding|border)-(?:left|right|top|bottom)(?:-\w+)?"
    r"|scroll-(?:margin|padding)-(?:left|right|top|bottom)"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def physical(css: str) -> Offences:
    """Declarations that name a side of the screen instead of a side of the text."""
    blank = lambda match: re.sub(r"[^\n]", " ", match[0])  # noqa: E731 - keeps the line numbers
    bare = PRELUDE.sub(blank, COMMENT.sub(blank, css))
    return [
        f"line {bare[: match.start()].count(chr(10)) + 1}: {match[0]}"
        for match in PHYSICAL.finditer(bare)
    ]


def sheets() -> list[Path]:
    return list(files(".css"))


@pytest.mark.parametrize("path", sheets(), ids=name)
def test_style_sheet_is_logical(path: Path) -> None:
    assert physical(path.read_text()) == []


def test_there_are_style_sheets() -> None:
    assert "site.css" in {path.name for path in sheets()}


@pytest.mark.parametrize(
    "planted",
    ["margin-left: 1px", "width: 3rem", "text-align: right", "left: 0", "border-left-color: red"],
)
def test_physical_property_is_found(planted: str) -> None:
    assert len(physical(f"@media (min-width: 40rem) {{ a {{ {planted} }} }}")) == 1
    assert physical("a { inline-size: 1rem; border-width: 1px; line-height: 2 }") == []
