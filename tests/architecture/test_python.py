"""Habits of the Python code that a reader may rely on."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.architecture.sources import DOORS, PACKAGE, ROOT, Offences, app_of, apps, files, name

LONGEST = {"src": 300, "scripts": 300, "bench": 300, "tests": 400}
# Longer on purpose: why it reads better in one piece.
LONG: dict[str, str] = {}
# The clock is asked where work begins: at the doors, and in these loops and hooks.
ASKS_THE_CLOCK = {
    "calls/tasks.py": "jobs run outside of any request",
    "entries/receivers.py": "the index asks for documents by itself, outside of any request",
    "outbox/backend.py": "libraries hand over their mails without a moment",
}
OWN_CLOCK = {
    "kernel/clock.py": "it is the clock",
    "search/engine/folder.py": "a stamp in the name of a folder, of no meaning to anybody",
}
GRAB_BAGS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}
GRAB_BAGS |= {"manager", "managers", "tools", "base_utils"}


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def own_clocks(code: str) -> Offences:
    """Calls that read a clock other than the kernel's."""
    tree = ast.parse(code)
    found = [
        f"line {line}: {call}"
        for line, call in calls(tree)
        if (
            call.split(".")[-1] in {"now", "today", "utcnow", "localdate", "localtime"}
            and "." in call
            and call != "clock.now"
        )
        or call in {"time.time", "Now", "functions.Now"}
    ]
    fields = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    return found + [
        f"line {f.lineno}: {f.arg}" for f in fields if f.arg in {"auto_now", "auto_now_add"}
    ]


def imports(code: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def of_the_web(code: str) -> Offences:
    """Imports of what belongs to requests and answers."""
    marks = ("django.http", "django.shortcuts", "django.views")
    return [f"line {line}: {what}" for line, what in imports(code) if what.startswith(marks)]


def test_only_the_kernel_reads_a_clock() -> None:
    found = {name(path, PACKAGE): own_clocks(path.read_text()) for path in files(".py")}
    offences = {path: clocks for path, clocks in found.items() if clocks}
    assert set(offences) == set(OWN_CLOCK), offences


@pytest.mark.parametrize(
    "planted",
    [
        "timezone.now()",
        "dt.datetime.now(dt.UTC)",
        "date.today()",
        "time.time()",
        "DateField(auto_now=True)",
    ],
)
def test_another_clock_is_found(planted: str) -> None:
    assert len(own_clocks(planted)) == 1
    assert own_clocks("clock.now()") == []


def test_clock_is_asked_where_work_begins() -> None:
    """Below the doors the moment is an argument."""
    asking = {
        name(path, PACKAGE)
        for path in files(".py")
        if app_of(path) not in {*DOORS, "config"}
        and any(call == "clock.now" for _, call in calls(ast.parse(path.read_text())))
    }
    assert asking == set(ASKS_THE_CLOCK)


def test_requests_and_answers_stay_in_the_doors() -> None:
    offences = {
        name(path): found
        for path in files(".py")
        if app_of(path) not in {"web", "api", "config"} and (found := of_the_web(path.read_text()))
    }
    assert offences == {}


def test_request_below_the_doors_is_found() -> None:
    assert of_the_web("from django.http import Http404") == ["line 1: django.http.Http404"]
    assert of_the_web("def f():\n    import django.http") == ["line 2: django.http"]
    assert of_the_web("from django.db import models") == []


def too_long(paths: Iterator[Path], longest: int) -> dict[str, int]:
    lengths = {name(path): len(path.read_text().splitlines()) for path in paths}
    return {path: length for path, length in lengths.items() if length > longest}


@pytest.mark.parametrize("folder", LONGEST)
def test_files_hold_one_subject(folder: str) -> None:
    found = too_long(files(".py", ".html", under=ROOT / folder), LONGEST[folder])
    assert set(found) == {path for path in LONG if path.startswith(f"{folder}/")}, found


def test_modules_are_named_after_their_subject() -> None:
    found = [name(path) for path in files(".py") if GRAB_BAGS & {path.stem, path.parent.name}]
    assert found == []


@pytest.mark.parametrize("app", apps())
def test_every_app_introduces_itself(app: str) -> None:
    readme = PACKAGE / app / "README.md"
    lines = readme.read_text().splitlines()
    assert lines[0].startswith("# ")
    assert 3 <= len(lines) <= 25


def test_tests_mirror_the_apps() -> None:
    """A folder of tests is named after an app, or watches the whole."""
    whole = {"architecture", "browser", "config", "contracts", "docs", "factories", "journeys"}
    present = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert present - whole - {"__pycache__"} <= set(apps())
