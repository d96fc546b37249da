import pytest
from tests.factories import websites
from tests.factories.entries import framework

from stocktaking.questionnaires import queries as questionnaires


@pytest.fixture
def _framework(db):
    """The tiny framework."""
    framework()
    questionnaires.forget()


@pytest.fixture
def website():
    """A website on this machine, to be filled by the test."""
    with websites.website() as server:
        yield server
