import pytest
from tests.factories import websites
from tests.factories.entries import framework

from stocktaking.questionnaires import queries as questionnaires
from stocktaking.reference.queries import current


@pytest.fixture
def _framework(db, monkeypatch):
    """The tiny framework; a slow machine must not look at its revision within a count."""
    monkeypatch.setattr(current, "LOOK_AGAIN", 3600)
    framework()
    questionnaires.forget()


@pytest.fixture
def website():
    """A website on this machine, to be filled by the test."""
    with websites.website() as server:
        yield server
