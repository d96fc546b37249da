"""Frameworks to work with."""

from pathlib import Path

import pytest
from tests.factories import reference as make

from stocktaking.reference.queries import Catalogue, catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the tiny framework."""
    return make.write(tmp_path, make.tiny())


@pytest.fixture
def wsis(db: None) -> Catalogue:
    """The shipped framework, loaded."""
    make.load()
    return catalogue()
