import pytest
from tests.factories.entries import framework

from stocktaking.questionnaires import queries as questionnaires


@pytest.fixture(autouse=True)
def _framework(db):
    """The tiny framework."""
    framework()
    questionnaires.forget()
