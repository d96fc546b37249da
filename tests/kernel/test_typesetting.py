"""Sheets set by Typst in a process of its own, and which letters fonts have."""

import io
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from stocktaking.kernel.typesetting import CannotDraw, Sheet, draw, drawing, letters

SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 200pt, height: 100pt, margin: 10pt)
#data.title
#if "said" in data { data.said }
"""
NOBODY_HAS = "\U0010fffd"  # for private use, and at the very end


def full(groups: list[tuple[int, int]]) -> bytes:
    """A table of form 12; glyphs count from 1."""
    body, glyph = b"", 1
    for first, last in groups:
        body += struct.pack(">III", first, last, glyph)
        glyph += last - first + 1
    return struct.pack(">HHIII", 12, 0, 16 + len(body), 0, len(groups)) + body


def basic(groups: list[tuple[int, int]], *, by_offset: bool) -> bytes:
    """A table of form 4, with the glyphs as differences or as a list."""
    parts = [*groups, (0xFFFF, 0xFFFF)]
    count = len(parts)
    listed = [n for first, last in groups for n in range(1, last - first + 2)]
    offsets, deltas, before = [], [], 0
    for place, (first, last) in enumerate(parts):
        end = first == 0xFFFF
        offsets.append(0 if end or not by_offset else 2 * (count - place) + 2 * before)
        deltas.append((1 - first) & 0xFFFF if not by_offset and not end else int(end))
        before += 0 if end else last - first + 1
    cells = [
        *[last for _first, last in parts],
        0,
        *[first for first, _last in parts],
        *deltas,
        *offsets,
        *(listed if by_offset else []),
    ]
    body = struct.pack(f">{len(cells)}H", *cells)
    return struct.pack(">7H", 4, 14 + len(body), 0, 2 * count, 0, 0, 0) + body


def font(table: bytes, encoding: int) -> bytes:
    """A file with nothing but the table of letters."""
    cmap = struct.pack(">HHHHI", 0, 1, 3, encoding, 12) + table
    head = struct.pack(">4s4H", b"\0\1\0\0", 1, 0, 0, 0)
    return head + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap


@st.composite
def spans(draw: st.DrawFn, most: int) -> list[tuple[int, int]]:
    """Runs of letters, in order and apart."""
    edges = sorted(draw(st.sets(st.integers(0x21, most), min_size=2, max_size=12)))
    pairs = zip(edges[0::2], edges[1::2], strict=False)
    return [(first, min(last, first + 40)) for first, last in pairs]


def members(groups: list[tuple[int, int]]) -> set[int]:
    return {letter for first, last in groups for letter in range(first, last + 1)}


def around(groups: list[tuple[int, int]]) -> set[int]:
    return {letter + step for letter in members(groups) for step in (-1, 0, 1)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=spans(0x20000))
def test_full_table_is_read_as_it_was_written(tmp_path: Path, groups: list) -> None:
    path = tmp_path / "full.ttf"
    path.write_bytes(font(full(groups), 10))
    assert letters.had(path, 0, around(groups)) == members(groups)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=spans(0xFF00), by_offset=st.booleans())
def test_basic_table_is_read_as_it_was_written(
    tmp_path: Path, groups: list, by_offset: bool
) -> None:
    path = tmp_path / "basic.ttf"
    path.write_bytes(font(basic(groups, by_offset=by_offset), 1))
    assert letters.had(path, 0, around(groups)) == members(groups)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_broken_font_has_no_letters_and_breaks_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.ttf"
    whole = font(full([(65, 90)]), 10)
    for said in (content, whole[:40] + content, whole[: len(whole) // 2]):
        path.write_bytes(said)
        letters.had(path, 0, {65, 0x10FFFF})
    assert letters.had(tmp_path / "none.ttf", 0, {65}) == set()


def test_spaces_and_joiners_need_no_shape() -> None:
    assert letters.needed(["a\u200d \n\ufe0f"]) == {ord("a")}
    assert letters.needed([NOBODY_HAS]) == {ord(NOBODY_HAS)}


def test_words_that_cannot_be_written_are_left_out() -> None:
    missing = {ord("Ω")}
    assert letters.readable("Village  Ω network", missing) == "Village network"
    assert letters.readable("ΩΩΩΩΩΩΩΩ network", missing) == ""
    assert letters.readable("", missing) == ""


def test_sheet_becomes_a_picture() -> None:
    drawn = draw(Sheet(SOURCE, {"title": "Réseau"}), ppi=144)
    picture = Image.open(io.BytesIO(drawn.content))
    assert (picture.format, picture.size) == ("PNG", (400, 200))
    assert drawn.missing == ()
    assert draw(Sheet(SOURCE, {"title": "Réseau"}), form="svg").content.startswith(b"<svg")
    assert draw(Sheet(SOURCE, {"title": "Réseau"}), form="pdf").content.startswith(b"%PDF")


def test_what_people_write_is_never_markup() -> None:
    evil = '#panic("read") $x$ \\ #import "@preview/x:1.0.0" = Head ] } " \u0000'
    assert draw(Sheet(SOURCE, {"title": evil})).content


def test_letters_that_no_font_has_are_told_and_their_words_left_out() -> None:
    whole = draw(Sheet(SOURCE, {"title": "Village network"}))
    drawn = draw(Sheet(SOURCE, {"title": f"Village {NOBODY_HAS} network"}))
    assert drawn.missing == (NOBODY_HAS,)
    assert drawn.content == whole.content


@pytest.mark.parametrize(
    "source",
    ["#panic()", '#read("/etc/passwd")', "#let"],
)
def test_sheet_that_goes_wrong_is_told(source: str) -> None:
    with pytest.raises(CannotDraw):
        draw(Sheet(source, {}))


def test_nothing_is_fetched_for_a_sheet() -> None:
    """Not even where there is a network: the child knows one proxy, which is none."""
    with pytest.raises(CannotDraw, match="Connection Failed"):
        draw(Sheet('#import "@preview/tablex:0.0.8": *', {}))


def test_pages_come_before_sheets() -> None:
    said = f"import os; from {drawing.CHILD} import confine; confine(5); print(os.nice(0))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, check=True)
    assert int(done.stdout) > os.nice(0)


def test_sheet_that_takes_too_long_is_ended() -> None:
    endless = "#let f(n) = range(10000000).map(x => x * x).len() + n\n#range(200).map(f)"
    with pytest.raises(CannotDraw):
        draw(Sheet(endless, {}), seconds=2)


def test_child_sees_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    assert {"SECRET_KEY", "DATABASE_URL"}.isdisjoint(drawing._environment())
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(CannotDraw):
        draw(Sheet(SOURCE, {"title": "x"}))
