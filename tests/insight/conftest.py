"""The small framework with its grid, and a register on it."""

from tests.web.conftest import register

__all__ = ["register"]
