"""Files with faults: each is refused by its code, with its file and its place there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.reference import Files, tiny, write

from stocktaking.reference.operations.messages import MESSAGES, refusal
from stocktaking.reference.rules.framework import Fault
from stocktaking.reference.rules.reading import read

TOP, CRAFT, PURPOSE = "framework.json", "schemes/craft.json", "schemes/purpose.json"
GRID, MEMBERS = "crosswalks/craft-purpose.json", "memberships/place-valley.json"


def put(file: str, *path: Any) -> Callable[[Files], None]:
    """Set the value at a path of a file; ``...`` deletes it."""

    def spoil(files: Files) -> None:
        *way, last, value = path
        at = files[file]
        for step in way:
            at = at[step]
        if value is ...:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value

    return spoil


def replace(file: str, content: Any) -> Callable[[Files], None]:
    def spoil(files: Files) -> None:
        files[file] = content

    return spoil


FAULTS: list[tuple[str, str, str, Callable[[Files], None]]] = [
    ("file_missing", TOP, "", lambda files: files.pop(TOP)),
    ("file_missing", CRAFT, "", lambda files: files.pop(CRAFT)),
    ("file_unlisted", "schemes/extra.json", "", replace("schemes/extra.json", {})),
    ("not_utf8", CRAFT, "", replace(CRAFT, b'{"slug": "\xff"}')),
    ("not_json", CRAFT, "", replace(CRAFT, b'{"slug": }')),
    ("not_json", CRAFT, "", replace(CRAFT, b'{"slug": NaN}')),
    ("not_json", CRAFT, "", replace(CRAFT, b"[" * 100_000)),
    ("key_twice", CRAFT, "", replace(CRAFT, b'{"slug": "craft", "slug": "craft"}')),
    ("wrong_type", CRAFT, "", replace(CRAFT, [])),
    ("wrong_type", CRAFT, "terms", put(CRAFT, "terms", {})),
    ("wrong_type", CRAFT, "terms[0]", put(CRAFT, "terms", 0, "wood")),
    ("wrong_type", CRAFT, "facet", put(CRAFT, "facet", 1)),
    ("wrong_type", CRAFT, "terms[0].title.en", put(CRAFT, "terms", 0, "title", "en", 7)),
    ("wrong_type", GRID, "year", put(GRID, "year", True)),
    ("key_missing", TOP, "languages", put(TOP, "languages", ...)),
    ("key_missing", CRAFT, "terms[1].code", put(CRAFT, "terms", 1, "code", ...)),
    ("key_unknown", CRAFT, "terms[0].colur", put(CRAFT, "terms", 0, "colur", "#000000")),
    ("format_unknown", TOP, "format", put(TOP, "format", 2)),
    ("slug_malformed", TOP, "slug", put(TOP, "slug", "Valley!")),
    ("slug_malformed", TOP, "schemes[0]", put(TOP, "schemes", 0, "../craft")),
    ("slug_mismatch", CRAFT, "slug", put(CRAFT, "slug", "crafts")),
    ("code_malformed", CRAFT, "terms[0].code", put(CRAFT, "terms", 0, "code", "w.1")),
    ("code_twice", CRAFT, "terms[1].code", put(CRAFT, "terms", 1, "code", "WOOD")),
    ("listed_twice", TOP, "schemes[4]", put(TOP, "schemes", 4, "craft")),
    ("language_unknown", TOP, "languages[2]", put(TOP, "languages", 2, "portuguese!")),
    ("language_unknown", CRAFT, "title.fr", put(CRAFT, "title", "fr", "Métier")),
    ("text_missing", CRAFT, "terms[0].title.pt", put(CRAFT, "terms", 0, "title", "pt", "")),
    ("text_too_long", CRAFT, "title.en", put(CRAFT, "title", "en", "x" * 501)),
    ("text_unclean", CRAFT, "title.en", put(CRAFT, "title", "en", "a\x00b")),
    ("text_unclean", CRAFT, "title.en", put(CRAFT, "title", "en", " Craft")),
    ("text_unclean", PURPOSE, "terms[1].facts", put(PURPOSE, "terms", 1, "facts", "x", "\x00")),
    ("status_unknown", CRAFT, "terms[0].title_status",
     put(CRAFT, "terms", 0, "title_status", "sure")),
    ("status_unknown", CRAFT, "terms[3].title_status.en",
     put(CRAFT, "terms", 3, "title_status", "en", "sure")),
    ("colour_malformed", PURPOSE, "terms[0].colour", put(PURPOSE, "terms", 0, "colour", "red")),
    ("date_malformed", CRAFT, "retired_on", put(CRAFT, "retired_on", "2015-02-30")),
    ("date_malformed", CRAFT, "retired_on", put(CRAFT, "retired_on", "2015")),
    ("dates_reversed", MEMBERS, "memberships[0].to",
     put(MEMBERS, "memberships", 0, "from", "2001-01-01")),
    ("number_out_of_range", GRID, "year", put(GRID, "year", 20_150)),
    ("parent_unknown", CRAFT, "terms[3].parent", put(CRAFT, "terms", 3, "parent", "silk")),
    ("parent_cycle", CRAFT, "terms[2].parent", put(CRAFT, "terms", 2, "parent", "wool")),
    ("parent_cycle", CRAFT, "terms[0].parent", put(CRAFT, "terms", 0, "parent", "wood")),
    ("scheme_unknown", TOP, "uses[0]", put(TOP, "uses", ["country"])),
    ("scheme_unknown", GRID, "", put(GRID, "columns", "colour")),
    ("term_unknown", MEMBERS, "memberships[2]", put(MEMBERS, "memberships", 2, "member", "dam")),
    ("term_unknown", GRID, "links[0]", put(GRID, "links", 0, "column", "fun")),
    ("membership_overlaps", MEMBERS, "memberships[3]",
     put(MEMBERS, "memberships", 3, {"group": "east", "member": "hill", "from": "1999-12-31"})),
    ("member_of_itself", MEMBERS, "memberships[0]", put(MEMBERS, "members", "valley")),
    ("link_twice", GRID, "links[2]", put(GRID, "links", 2, {"row": "wood", "column": "use"})),
    ("link_to_heading", GRID, "links[0]", put(GRID, "links", 0, "row", "cloth")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "file", "path", "spoil"), FAULTS, ids=[f"{f[0]}-{i}" for i, f in enumerate(FAULTS)]
)
def test_a_fault_is_told_with_its_file_and_place(
    code: str, file: str, path: str, spoil: Callable[[Files], None], tmp_path: Path
) -> None:
    files = tiny()
    if code == "member_of_itself":
        files[MEMBERS]["memberships"] = [{"group": "east", "member": "east"}]
    spoil(files)
    framework, faults = read(write(tmp_path, files))
    assert framework is None
    assert (code, file, path) in [(fault.code, fault.file, fault.path) for fault in faults]
    for error in refusal(faults).errors:
        assert "%(" not in str(error)  # every word of the message is filled in
    told = next(e for e in refusal(faults).errors if e.code == code and file in (e.field or ""))
    assert path in (told.field or "")


def test_every_rule_of_the_files_is_tried() -> None:
    tried = {fault[0] for fault in FAULTS}
    elsewhere = {"folder_missing", "file_too_large", "slug_reserved", "primary_twice"}
    by_rows = {"scheme_taken", "crosswalk_taken", "group_not_own"}
    assert set(MESSAGES) == tried | elsewhere | by_rows


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    framework, faults = read(tmp_path / "nowhere")
    assert framework is None
    assert [fault.code for fault in faults] == ["folder_missing"]


def test_a_file_may_not_be_endless(tmp_path: Path) -> None:
    folder = write(tmp_path, tiny())
    with (folder / CRAFT).open("ab") as file:
        file.truncate(20_000_001)
    assert [fault.code for fault in read(folder)[1]] == ["file_too_large"]


@pytest.mark.parametrize("slug", ["page", "q", "year-from", "from-country"])
def test_a_scheme_does_not_take_the_name_of_a_parameter(slug: str, tmp_path: Path) -> None:
    files = tiny()
    files[f"schemes/{slug}.json"] = {**files.pop("schemes/place.json"), "slug": slug}
    files[TOP]["schemes"] = ["craft", "purpose", slug, "valley"]
    files[MEMBERS]["members"] = slug
    assert [fault.code for fault in read(write(tmp_path, files))[1]] == ["slug_reserved"]


def test_one_crosswalk_is_the_grid(tmp_path: Path) -> None:
    files = tiny()
    files["crosswalks/again.json"] = {**files[GRID], "slug": "again"}
    files[TOP]["crosswalks"].append("again")
    assert [fault.code for fault in read(write(tmp_path, files))[1]] == ["primary_twice"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    files = tiny()
    files[CRAFT]["terms"][0]["title"] = {}
    files[PURPOSE]["terms"][0]["colour"] = "blue"
    codes = [fault.code for fault in read(write(tmp_path, files))[1]]
    assert codes == ["text_missing", "text_missing", "colour_malformed"]


def test_a_file_with_a_mark_of_byte_order_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path, tiny())
    (folder / CRAFT).write_bytes(b"\xef\xbb\xbf" + (folder / CRAFT).read_bytes())
    assert read(folder)[1] == []


def test_one_word_of_status_stands_for_all_languages(tmp_path: Path) -> None:
    files = tiny()
    files[CRAFT]["terms"][0]["title_status"] = "official"
    framework, _ = read(write(tmp_path, files))
    assert framework is not None
    wood, iron = framework.schemes[0].terms[:2]
    assert wood.title_status == {"en": "official", "pt": "official"}
    assert iron.title_status == {"en": "unofficial", "pt": "unofficial"}


KEYS = (
    *("slug", "title", "languages", "schemes", "terms", "memberships", "links", "groups"),
    *("rows", "uses", "format"),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=st.sampled_from(sorted(tiny())),
    key=st.sampled_from(KEYS),
    value=json_values,
)
def test_whatever_stands_in_a_file_is_a_fault_or_fine(
    name: str, key: str, value: Any, tmp_path: Path
) -> None:
    files = tiny()
    files[name][key] = value
    framework, faults = read(write(tmp_path, files))
    assert (framework is None) == bool(faults)
    assert all(isinstance(fault, Fault) and fault.code in MESSAGES for fault in faults)
    if faults:
        assert all(str(error) for error in refusal(faults).errors)
