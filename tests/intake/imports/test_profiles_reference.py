"""The page about profiles says what the format is."""

import dataclasses
import re
from pathlib import Path

import pytest
from tests.intake.imports.frameworks import wsis

from stocktaking.intake.rules.profiles import form, model
from stocktaking.intake.rules.profiles.documents import parse

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "profiles.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


def sections():
    """The keys of each section of the page with what is said of them."""
    parts = re.split(r"^## (.+)$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return {
        head.strip("`[]"): dict(ROW.findall(text))
        for head, text in zip(parts[1::2], parts[2::2], strict=True)
    }


TABLES = [("At the top", form.HEAD), *((table.name, table.keys) for table in form.TABLES)]


@pytest.mark.parametrize(("name", "keys"), TABLES)
def test_every_key_is_on_the_page(name, keys):
    told = sections()[name]
    assert set(told) == set(keys)
    for key, facts in keys.items():
        assert told[key].startswith("needed") == facts.needed, key
        for choice in facts.choices:
            listed = told[key] if "as for" not in told[key] else sections()["fields"][key]
            if key != "further":
                assert f"`{choice}`" in listed, (key, choice)


@pytest.mark.parametrize("table", form.TABLES, ids=lambda table: table.name)
def test_defaults_are_told(table):
    told = sections()[table.name]
    for one in dataclasses.fields(table.of):
        if isinstance(one.default, str) and one.default and "as for" not in told[one.name]:
            assert f"`{one.default}`" in told[one.name], one.name


def test_every_part_of_an_entry_is_on_the_page():
    text = PAGE.read_text("utf-8").partition("## `[[fields]]`")[2].partition("| key |")[0]
    for part in (*model.PLAIN, model.OWN):
        assert f"`{part}`" in text, part


def test_the_example_is_a_profile():
    example = re.search(r"```toml\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
    profile = parse(example[1], wsis())
    assert len(profile.fields) == 3
