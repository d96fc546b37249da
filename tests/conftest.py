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
from stocktaking.questionnaires import queries as questionnaires
from stocktaking.reference import queries as reference

# how long an example takes says more about the machine than about the code
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """The frozen catalogue, the caches and the language belong to one test."""
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
