import pytest
from tests.factories.entries import framework

from stocktaking.reference.queries import current


@pytest.fixture
def _framework(db, monkeypatch):
    """The tiny framework; a slow machine must not look at its revision within a count."""
    monkeypatch.setattr(current, "LOOK_AGAIN", 3600)
    framework()
