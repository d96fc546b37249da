"""A folder of its own for each test that reads files."""

from pathlib import Path

import pytest
from tests.kernel.reading.files import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
