"""The scripts: understood by every shell, and clear where something is missing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT, name

SCRIPTS = [
    path for path in sorted((ROOT / "scripts").iterdir()) if path.suffix == "" and path.is_file()
]
SHELL = [path for path in SCRIPTS if path.read_text().startswith("#!/bin/sh\n")]
NEEDED = ("sh", "dirname", "cat", "cksum", "grep", "id", "tr")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the scripts, and a folder of programs where only the simplest exist."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for program in NEEDED:
        (programs / program).symlink_to(str(shutil.which(program)))
    return tmp_path


def program(bare: Path, name: str, script: str) -> None:
    path = bare / "bin" / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(bare: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(command),
        cwd=bare,
        env={"PATH": str(bare / "bin"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_script_can_be_run(path: Path) -> None:
    assert path.stat().st_mode & 0o111
    assert len(path.read_text().splitlines()) <= 60


@pytest.mark.parametrize("path", SHELL, ids=name)
def test_shell_script_is_understood(path: Path) -> None:
    assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0
    assert "[[" not in path.read_text()  # bash only


def test_the_two_commands_are_shell_scripts() -> None:
    assert {"demo", "test", "setup"} <= {path.name for path in SHELL}


def test_setup_names_the_command_that_installs_venv(bare: Path) -> None:
    program(bare, "id", "echo 1000")
    program(bare, "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    result = run(bare, "scripts/setup", "run")
    assert result.returncode == 1
    assert (
        result.stderr == "Python's venv module is missing. Run: sudo apt-get install python3-venv\n"
    )


def test_setup_refuses_an_old_python(bare: Path) -> None:
    program(bare, "python3", "exit 1")
    result = run(bare, "scripts/setup", "run")
    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or newer is needed.")


def test_missing_browser_is_told_and_may_be_required(bare: Path) -> None:
    program(bare, "id", "echo 1000")
    told = "missing: chromium. Run: sudo apt-get install chromium\n"
    result = run(bare, "scripts/browser")
    assert (result.returncode, result.stdout) == (2, f"Browser tests are skipped; {told}")
    result = run(bare, "scripts/browser", BROWSER="required")
    assert (result.returncode, result.stderr) == (1, f"The browser tests cannot run; {told}")
    program(bare, "chromium", "exit 0")
    result = run(bare, "scripts/browser", BROWSER="required")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_driver_that_cannot_start_is_told(bare: Path) -> None:
    program(bare, "id", "echo 1000")
    program(bare, "chromium", "exit 0")
    driver = bare / ".venv/lib/python3.11/site-packages/playwright/driver"
    driver.mkdir(parents=True)
    (driver / "node").write_text("#!/bin/sh\nexit 127\n")
    (driver / "node").chmod(0o755)
    result = run(bare, "scripts/browser")
    assert result.returncode == 2
    assert "sudo apt-get install libatomic1" in result.stdout


def test_messages_are_compiled_when_they_changed(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "compile_messages", tmp_path / "scripts")
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Yes"\nmsgstr "Oui"\n'
    )
    python = sys.executable
    subprocess.run([python, "scripts/compile_messages"], cwd=tmp_path, check=True)
    assert b"Oui" in (folder / "django.mo").read_bytes()
