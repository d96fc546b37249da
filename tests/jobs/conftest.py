"""Kinds of jobs for one test."""

import pytest

from stocktaking.jobs import registry


@pytest.fixture
def kinds():
    """An empty registry; what the test registers is gone after it."""
    kept = dict(registry.KINDS)
    registry.KINDS.clear()
    yield registry
    registry.KINDS.clear()
    registry.KINDS.update(kept)
