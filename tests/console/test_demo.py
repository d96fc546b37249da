"""The demo: prepared once, repeated without harm, served and stopped."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from stocktaking.accounts.rules.roles import Role

pytestmark = pytest.mark.slow
PROGRAM = [sys.executable, "-c", "from stocktaking.console.main import main; main()"]
LINK = re.compile(r"^  (\w+) +(\S+@\S+) +(http://127\.0\.0\.1:8000/en/account/once/\S+)$", re.M)


def environment(folder: Path) -> dict[str, str]:
    return {"STOCKTAKING_DATA_DIR": str(folder), "PATH": os.environ["PATH"], "DATABASE_URL": ""}


KEPT = ("entries_entryversion", "entries_collectionmember", "calls_call", "calls_reply")


def demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "demo", "--prepare-only", *options],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def count(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "stocktaking.sqlite3") as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    connection.close()
    return int(found)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    result = demo(folder)
    assert result.returncode == 0, result.stderr
    return folder, result.stdout


def test_demo_holds_the_entries_and_an_account_for_each_role(prepared: tuple[Path, str]) -> None:
    folder, told = prepared
    assert "entries    created 300, updated 0, unchanged 0, refused 0" in told
    assert count(folder, "entries_entry") == 300
    assert count(folder, "intake_duplicatepair") > 0  # two that moderators are asked about
    roles = [role for role, _, _ in LINK.findall(told)]
    assert roles == [role.value for role in Role if role is not Role.VISITOR]
    assert len({link for _, _, link in LINK.findall(told)}) == len(roles)


def test_second_run_changes_nothing_but_the_links(prepared: tuple[Path, str]) -> None:
    folder, before = prepared
    kept = [count(folder, table) for table in KEPT]
    result = demo(folder)
    assert result.returncode == 0
    assert "entries    created 0, updated 0, unchanged 300, refused 0" in result.stdout
    assert [count(folder, table) for table in KEPT] == kept
    assert not {link for _, _, link in LINK.findall(before)} & {
        link for _, _, link in LINK.findall(result.stdout)
    }


def test_reset_begins_anew_and_keeps_the_key(tmp_path: Path) -> None:
    assert demo(tmp_path, "--stage", "framework").returncode == 0
    key = (tmp_path / "keys" / "secret").read_text()
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "media" / "left").touch()
    result = demo(tmp_path, "--stage", "framework", "--reset")
    assert result.returncode == 0, result.stderr
    assert "removed what the demo held" in result.stdout
    assert count(tmp_path, "accounts_person") == len(Role) - 1  # visitors have none
    assert count(tmp_path, "entries_entry") == 0
    assert not (tmp_path / "media" / "left").exists()
    assert (tmp_path / "keys" / "secret").read_text() == key


def test_register_that_is_not_a_demo_is_left_alone(tmp_path: Path) -> None:
    assert demo(tmp_path, "--stage", "framework").returncode == 0
    (tmp_path / "demo").unlink()  # what makes it a demo
    before = (tmp_path / "stocktaking.sqlite3").read_bytes()
    for options in ((), ("--reset",)):
        result = demo(tmp_path, *options)
        assert result.returncode == 1
        assert "[not_a_demo]" in result.stderr
        assert not (tmp_path / "demo").exists()
    assert (tmp_path / "stocktaking.sqlite3").read_bytes() == before


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def ready(port: int, process: subprocess.Popen[bytes]) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        assert process.poll() is None, "it stopped"
        return False


def test_demo_serves_with_a_worker_and_stops_when_told(prepared: tuple[Path, str]) -> None:
    folder, _ = prepared
    port = free_port()
    process = subprocess.Popen(
        [*PROGRAM, "demo", "--port", str(port)],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not ready(port, process):
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    finally:
        process.kill()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nobody of its group is left, the worker neither
