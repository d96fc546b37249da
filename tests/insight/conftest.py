"""The small framework with its grid, and a register on it."""

from tests.web.conftest import register, visit

__all__ = ["register", "visit"]
