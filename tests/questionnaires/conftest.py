import pytest
from tests.factories.entries import framework


@pytest.fixture
def _framework(db):
    """The tiny framework."""
    framework()
