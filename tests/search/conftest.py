"""An index of the test's own, and a shelf of documents to fill it."""

from collections.abc import Iterator

import pytest
from tests.factories import search as factory


@pytest.fixture
def shelf(db: None) -> Iterator[factory.Shelf]:
    """The only provider of this test; its index lies in the test's own folder."""
    yield from factory.shelf_in_registry()


@pytest.fixture
def six(shelf: factory.Shelf) -> factory.Shelf:
    """The same subjects in six languages, indexed."""
    shelf.index(*factory.SIX_LANGUAGES)
    return shelf
