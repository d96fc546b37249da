"""What the operator sets."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.config.environment import kept_secret, read


def test_defaults_need_nothing_but_a_folder(tmp_path: Path) -> None:
    found = read({"STOCKTAKING_DATA_DIR": str(tmp_path)})
    assert found.data_dir == tmp_path
    assert found.database_url == f"sqlite:///{tmp_path}/stocktaking.sqlite3"
    assert found.base_url == "http://127.0.0.1:8000"
    assert (found.email_url, found.cache_url, found.hosts) == ("", "", ())
    assert (found.demo, found.debug) == (False, False)


def test_everything_can_be_set(tmp_path: Path) -> None:
    found = read(
        {
            "STOCKTAKING_DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql://db/register",
            "STOCKTAKING_BASE_URL": "https://register.example.org/",
            "SECRET_KEY": "k" * 60,
            "EMAIL_URL": "smtp://mail.example.org",
            "STOCKTAKING_HOSTS": "a.example.org,,b.example.org",
            "CACHE_URL": "redis://cache",
            "STOCKTAKING_DEMO": "1",
            "STOCKTAKING_DEBUG": "1",
            "STOCKTAKING_PROXIES": "2",
            "STOCKTAKING_ORGANISER": "Ministry of Projects",
            "STOCKTAKING_CONTACT": "register@example.org",
            "STOCKTAKING_PROOF_COST": "90000",
        }
    )
    assert found.database_url == "postgresql://db/register"
    assert found.base_url == "https://register.example.org"
    assert found.secret_key == "k" * 60
    assert found.hosts == ("a.example.org", "b.example.org")
    assert (found.demo, found.debug, found.proxies) == (True, True, 2)
    assert found.proof_cost == 90_000
    assert (found.organiser, found.contact) == ("Ministry of Projects", "register@example.org")


def test_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = kept_secret(tmp_path)
    assert kept_secret(tmp_path) == first
    assert len(first) >= 80
    path = tmp_path / "keys" / "secret"
    assert list(path.parent.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_marked_folder_is_a_demo(tmp_path: Path) -> None:
    environment = {"STOCKTAKING_DATA_DIR": str(tmp_path), "SECRET_KEY": "k"}
    assert not read(environment).demo
    (tmp_path / "demo").touch()
    assert read(environment).demo


@given(st.text(st.characters(exclude_characters=",\0", exclude_categories=["Cs"]), min_size=1))
def test_hosts_are_named_with_commas(host: str) -> None:
    found = read({"STOCKTAKING_HOSTS": f"{host},other", "SECRET_KEY": "k"})
    assert found.hosts == (host, "other")


def test_secret_is_the_same_for_processes_that_start_together(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(kept_secret, [tmp_path] * 64))
    assert len(found) == 1
    assert len(found.pop()) >= 80
