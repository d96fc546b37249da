"""Fixtures for every test: nothing of one test is seen by the next."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from stocktaking.calls.queries import kept
from stocktaking.kernel import clock
from stocktaking.questionnaires import queries as questionnaires
from stocktaking.reference import queries as reference
from stocktaking.reference.queries import current

# fixtures that bring a database, and marks of tests that start the whole program
_NEEDING = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})
_WHOLE = ("django_db", "slow", "browser", "soak")

# how long an example takes says more about the machine than about the code
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests that reach no database: another one changes nothing for them",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    reaching: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        needed = _NEEDING.intersection(getattr(item, "fixturenames", ()))
        needed |= {mark for mark in _WHOLE if item.get_closest_marker(mark)}
        (reaching if needed else left).append(item)
    items[:] = reaching
    config.hook.pytest_deselected(items=left)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The frozen catalogue, the caches and the language belong to one test.

    A slow machine must not look at revisions or clocks again within a count of statements.
    """
    monkeypatch.setattr(current, "LOOK_AGAIN", 3600)
    monkeypatch.setattr(kept, "LOOK_AGAIN", 3600)
    monkeypatch.setattr(clock, "MEASURE_EVERY", 3600)
    reference.forget()
    kept.forget()
    questionnaires.forget()
    for name in django_settings.CACHES:
        caches[name].clear()
    translation.activate("en")
    yield
    reference.forget()
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Media, mail and index of this test alone."""
    folder = tmp_path_factory.mktemp("data")
    settings.MEDIA_ROOT = folder / "media"
    settings.INDEX_DIR = folder / "index"
    settings.EMAIL_FILE_PATH = str(folder / "mail")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
