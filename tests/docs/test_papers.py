"""Papers stay short, their links lead somewhere, and what they name exists."""

import re
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT, apps, floors, name

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:src|scripts|tests|docs|requirements|changes|bench)/[\w./-]*)`")


def papers() -> list[Path]:
    return sorted(
        [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").glob("*")]
    )


@pytest.mark.parametrize("path", papers(), ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text()) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", papers(), ids=name)
def test_named_files_exist(path: Path) -> None:
    assert [file for file in NAMED.findall(path.read_text()) if not (ROOT / file).exists()] == []


def test_readme_is_short_and_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 80
    for command in ("scripts/demo", "scripts/test"):
        assert f"\n{command}\n" in readme or f"{command} " in readme
        assert (ROOT / command).stat().st_mode & 0o111


def test_architecture_has_a_line_for_every_app_and_floor() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    for app in [*apps(), "config"]:
        assert re.search(rf"^\| `{app}` \|", page, re.M), app
    ladder = page.split("```")[1]
    for floor in floors():
        for app in floor:
            assert re.search(rf"\b{app}\b", ladder), app


DECISIONS = sorted((ROOT / "docs" / "architecture" / "decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_decision_is_short_and_complete(path: Path) -> None:
    text = path.read_text()
    assert len(text.split()) < 400
    for heading in ("## Context", "## Decision", "## Consequences", "## Alternatives"):
        assert heading in text


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    index = (ROOT / "docs" / "README.md").read_text()
    assert [path.name for path in DECISIONS if path.name not in index] == []


def test_fragments_of_changes_are_sentences() -> None:
    for path in (ROOT / "changes").glob("[0-9]*"):
        assert re.fullmatch(r"\d+(-[\w-]+)?\.(added|changed|fixed|security)\.md", path.name)
        assert path.read_text().strip().endswith(".")


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z-]+):", makefile, re.M)
    explained = re.findall(r"^([a-z-]+):.*## \S", makefile, re.M)
    assert targets == explained
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)[0].split()
    assert sorted(phony) == sorted(targets)
