"""The reference says what the code does."""

import ast
import re

import pytest
from django.urls import get_resolver
from scripts import reference_pages
from tests.architecture.sources import PACKAGE, ROOT, files
from tests.factories import entries

from stocktaking.config import environment
from stocktaking.entries.queries import export_documents
from stocktaking.entries.rules.edit_table import InUse, columns
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

REFERENCE = ROOT / "docs" / "reference"
# The debug flag of the program granian and variables of Python itself are not ours to explain.
VARIABLE = re.compile(r"^\| `([A-Z][A-Z_]+)` \|", re.M)


@pytest.mark.parametrize("name", list(reference_pages.PAGES))
def test_page_is_what_the_code_says(name: str) -> None:
    written = (REFERENCE / name).read_text()
    assert written == reference_pages.PAGES[name](), "run: python scripts/reference_pages.py"


def read_variables() -> set[str]:
    """Names that the settings read, and those that options of commands read."""
    code = ast.parse((PACKAGE / "config" / "environment.py").read_text())
    found = {
        str(node.args[0].value)
        for node in ast.walk(code)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "env.get"
        and isinstance(node.args[0], ast.Constant)
    }
    for path in files(".py", under=PACKAGE / "console"):
        found |= set(re.findall(r'envvar="(\w+)"', path.read_text()))
    return found


def test_settings_page_names_every_variable() -> None:
    assert environment.read({"SECRET_KEY": "k"}).base_url
    assert set(VARIABLE.findall((REFERENCE / "settings.md").read_text())) == read_variables()


def test_every_address_says_who_may_enter() -> None:
    """A view without a capability would be open by oversight."""
    unguarded = [
        address
        for address, pattern in reference_pages.every_address(get_resolver())
        if not hasattr(pattern.callback, "capability")
    ]
    assert unguarded == []


def test_columns_page_names_every_fixed_column() -> None:
    exports = ast.parse((PACKAGE / "entries" / "queries" / "exports.py").read_text())
    fixed = [
        ast.literal_eval(node.value)
        for node in exports.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"_FIRST", "_LAST"}
    ]
    tables, _, _ = (REFERENCE / "columns.md").read_text().partition("# Keys of JSON")
    assert named(tables) == [name for part in fixed for name in part]


@pytest.mark.django_db
def test_columns_page_names_every_key_of_json() -> None:
    entries.framework()
    [document] = export_documents([entries.entry().number])
    assert set(document) <= set(named((REFERENCE / "columns.md").read_text()))


def test_columns_page_names_every_column_of_edit_tables() -> None:
    _, _, page = (REFERENCE / "columns.md").read_text().partition("# Edit table")
    table, _, items = page.partition("## What stands in a cell")
    use = InUse(["fr"], [("description", "fr")], ["sdg"], [("sdg", "en")])
    everywhere = [place.name for place in columns(use)]
    assert re.findall(r"^\| `([\w.]+)` \|", table, re.M) == everywhere
    of_items = re.findall(r"^\| `([\w.]+)` \|", items, re.M)
    assert set(of_items) < set(everywhere)
    words = [word for kind in (Basis, Origin, PartnerRole, LinkKind) for word in kind]
    assert [word for word in words if f"`{word}`" not in items] == []


def named(page: str) -> list[str]:
    """What stands in the first column of the tables."""
    return re.findall(r"^\| `(\w+)` \|", page, re.M)
